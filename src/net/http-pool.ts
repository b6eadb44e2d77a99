import { createRequire } from 'node:module';
import type { buildConnector, Pool } from 'undici';

const require = createRequire(import.meta.url);

/**
 * undici's pool alone, with the one method of a dispatcher that is used here. The entry of the package also loads its
 * fetch, WebSockets, caches and mocks: 30 ms of CPU time and several megabytes at every start. package.json admits no
 * other minor version, since the paths of these files are not documented.
 */
export const HttpPool: typeof Pool = require('undici/lib/dispatcher/pool.js');
HttpPool.prototype.request = require('undici/lib/api/api-request.js');

/** undici's connector, without the entry of the package. */
export const createConnector: typeof buildConnector = require('undici/lib/core/connect.js');
