import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config.ts';
import { ApiError } from '../errors/api-error.ts';
import { checkHost, checkSingleHost } from '../http/access/check-host.ts';
import { checkKey } from '../http/access/check-key.ts';
import { isAllowedOrigin, originNotAllowed } from '../http/access/is-allowed-origin.ts';
import type { Tenants } from '../tenants/tenants.ts';

/** The path of `createResponse`, which the WebSocket mode shares (Open Responses N8). */
const path = '/v1/responses';

/**
 * Creates a function that admits an upgrade by the rules of HTTP. It returns the tenant or throws an ApiError. Pages of
 * other origins are always refused, because browsers do not apply CORS to WebSockets.
 */
export function createAdmission(
  config: Pick<Config, 'corsOrigins'>,
  tenants: Tenants,
): (request: Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>) => string {
  return ({ method, url = '', headers, rawHeaders }) => {
    const isWebSocket = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
    if (!isWebSocket || url.replace(/\?.*$/s, '') !== path) {
      // Clients retry after a 404. After a 426 they fall back to HTTP at once.
      throw new ApiError(
        'upgrade_required',
        `Unsupported upgrade. Expected a WebSocket on ${path}. Use plain HTTP otherwise.`,
      );
    }
    checkSingleHost(rawHeaders);
    if (tenants.isOpen) checkHost(headers.host);
    if (!isAllowedOrigin({ headers }, config.corsOrigins)) throw originNotAllowed();
    return checkKey(headers.authorization, tenants);
  };
}
