import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { CorsOrigins } from '../../config/config.ts';
import { isLoopback } from '../../config/loopback.ts';
import { ApiError } from '../../errors/api-error.ts';

/** Headers of replies that a page's script may read. */
const exposedHeaders = 'X-Request-Id, Retry-After, X-Talaria-Usage';
const preflightSeconds = '600';

/**
 * Lets only allowed origins read replies, errors and streams included; answers preflights before authentication, since
 * browsers send them without a key. On a server without a key a foreign origin is refused outright: there, being
 * able to send a request is being able to run the agent.
 */
export function cors(origins: CorsOrigins, options: { refuseOthers: boolean }): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin;
    if (origin === undefined) return next();
    response.setHeader('vary', 'Origin');
    const allowed = isAllowed(origin, origins) || isOwn(origin, request);
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', exposedHeaders);
    }
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!allowed && (isPreflight || options.refuseOthers)) {
      return next(
        new ApiError('origin_not_allowed', 'This origin may not use this server: see API_SERVER_CORS_ORIGINS.'),
      );
    }
    return isPreflight ? answerPreflight(request, response) : next();
  };
}

function isAllowed(origin: string, origins: CorsOrigins): boolean {
  switch (origins.kind) {
    case 'any':
      return true;
    case 'list':
      return origins.origins.has(origin);
    case 'loopback': {
      const host = URL.parse(origin)?.hostname;
      return host !== undefined && isLoopback(host);
    }
  }
}

/** The docs page, served from here, is never a stranger. */
function isOwn(origin: string, request: IncomingMessage): boolean {
  return request.headers.host !== undefined && URL.parse(origin)?.host === request.headers.host;
}

function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'Authorization, Content-Type',
    'access-control-max-age': preflightSeconds,
  });
  response.end();
}
