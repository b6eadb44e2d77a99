import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { CorsOrigins } from '../../config/parse/to-cors-origins.ts';
import type { Tenants } from '../../tenants/tenants.ts';
import { isAllowedOrigin, originNotAllowed } from './is-allowed-origin.ts';

/** Reply headers that scripts may read. */
const exposedHeaders = [
  ...['X-Request-Id', 'Retry-After', 'X-Talaria-Usage', 'Idempotency-Replayed'],
  ...['X-Session-Id', 'X-Hermes-Session-Id'],
  ...['X-RateLimit-Limit-Requests', 'X-RateLimit-Remaining-Requests', 'X-RateLimit-Reset-Requests'],
].join(', ');
const preflightSeconds = '600';

/**
 * Lets only allowed origins read replies, errors and streams included. Answers preflights before authentication, since
 * browsers send them without a key. A server without keys refuses other origins: any page could run the agent.
 */
export function cors(origins: CorsOrigins, tenants: Pick<Tenants, 'isOpen'>): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin;
    if (origin === undefined) return next();
    response.setHeader('vary', 'Origin');
    const allowed = isAllowedOrigin(request, origins);
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', exposedHeaders);
    }
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!allowed && (isPreflight || tenants.isOpen)) {
      return next(originNotAllowed());
    }
    return isPreflight ? answerPreflight(request, response) : next();
  };
}

function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'Authorization, Content-Type',
    'access-control-max-age': preflightSeconds,
  });
  response.end();
}
