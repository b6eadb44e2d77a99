import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runRolling } from '../../scripts/rolling/run-rolling.ts';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { withTestServer } from '../store/postgres/test-server.ts';

await withTestServer((server) => {
  describe('two servers on one PostgreSQL behind a proxy', () => {
    it('are restarted one after the other without a failed request', async () => {
      await using schema = await createTestSchema(server);
      const settings = { API_SERVER_DRAIN_MS: '1500' };
      const { counts, failures } = await runRolling({ storeUrl: schema.url, restarts: 2, clients: 2, settings });
      assert.deepEqual(failures, []);
      assert.equal(Object.keys(counts).length, 5);
    });
  });
});
