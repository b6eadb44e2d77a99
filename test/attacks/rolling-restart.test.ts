/**
 * Rolling restarts. Before: 10 restarts by SIGTERM reset 4 to 9 of about 3,500 requests on kept-alive connections
 * (`ECONNRESET`), because the server closed its listener and all idle connections at once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { restartUnderLoad } from './rolling-restart.ts';

const settings = { API_SERVER_DRAIN_MS: `${limits.drainMs}` };

for (const [name, followsReady] of [
  ['that ignores /ready', false],
  ['that follows /ready', true],
] as const) {
  test(`no request fails while servers restart in turn behind a balancer ${name}`, async () => {
    const { requests, failures } = await restartUnderLoad({ restarts: 2, followsReady, settings });
    assert.deepEqual(failures, []);
    assert.ok(requests > 100, `${requests} requests`);
  });
}
