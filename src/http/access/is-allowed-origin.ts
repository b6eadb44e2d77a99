import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../config/loopback.ts';
import type { CorsOrigins } from '../../config/parse/to-cors-origins.ts';
import { ApiError } from '../../errors/api-error.ts';

/** Whether the origin of a request may use this server. Only browsers send an `Origin`; its absence is allowed. */
export function isAllowedOrigin({ headers }: Pick<IncomingMessage, 'headers'>, origins: CorsOrigins): boolean {
  const { origin, host } = headers;
  if (origin === undefined || isListed(origin, origins)) return true;
  // The same origin, such as the docs page, is always allowed.
  return host !== undefined && URL.parse(origin)?.host === host;
}

export function originNotAllowed(): ApiError {
  return new ApiError('origin_not_allowed', 'Origin not allowed: see API_SERVER_CORS_ORIGINS.');
}

function isListed(origin: string, origins: CorsOrigins): boolean {
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
