import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config.ts';
import { ApiError } from '../errors/api-error.ts';
import { checkHost, checkSingleHost } from '../http/access/check-host.ts';
import { checkKey } from '../http/access/check-key.ts';
import { isAllowedOrigin, originNotAllowed } from '../http/access/is-allowed-origin.ts';
import type { Tenants } from '../tenants/tenants.ts';

/** Where the mode lives: the path of `createResponse` (Open Responses N8). */
const path = '/v1/responses';

/**
 * Gives the tenant of a client that may open a WebSocket, by the rules of HTTP; throws an ApiError otherwise. Pages of
 * other origins are refused on every server: over HTTP a browser would keep the reply from them, here it does not.
 */
export function createAdmission(
  config: Pick<Config, 'corsOrigins'>,
  tenants: Tenants,
): (request: Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>) => string {
  return ({ method, url = '', headers, rawHeaders }) => {
    const isWebSocket = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
    if (!isWebSocket || url.replace(/\?.*$/s, '') !== path) {
      // A 404 would have clients try again; after a 426 they fall back at once.
      throw new ApiError('upgrade_required', 'This server does not speak that protocol here: use plain HTTP.');
    }
    checkSingleHost(rawHeaders);
    if (tenants.isOpen) checkHost(headers.host);
    if (!isAllowedOrigin({ headers }, config.corsOrigins)) throw originNotAllowed();
    return checkKey(headers.authorization, tenants);
  };
}
