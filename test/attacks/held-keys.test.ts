import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitUntil } from '../helpers/wait-until.ts';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { TestProxy } from '../store/postgres/test-proxy.ts';
import { withTestServer } from '../store/postgres/test-server.ts';
import { startArena } from './arena.ts';

const leaseMs = 2_000;

await withTestServer((database) => {
  describe('an idempotency key whose reservation is made after its connection broke', () => {
    it('is free within the lease; before, every retry waited as long as the server lived', async () => {
      await using schema = await createTestSchema(database);
      await using proxy = await TestProxy.start(database.url);
      await using arena = await startArena({
        settings: { STORE_URL: proxy.through(schema.url), AGENT_URL: 'offline:', RUN_LEASE_MS: `${leaseMs}` },
      });
      const send = (signal?: AbortSignal) =>
        fetch(`${arena.server.url}/v1/responses`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'Idempotency-Key': 'held' },
          body: JSON.stringify({ model: 'm', input: '/say hi' }),
          ...(signal ? { signal } : {}),
        });
      const held = async (where: string) =>
        (await schema.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${where}`))[0]?.count ?? 0;

      // Another transaction locks the key. The reservation waits for it, although its own connection breaks meanwhile.
      await schema.query('BEGIN');
      const values = "('default', 'held', 'other', 'resp_other', 'other', 0)";
      await schema.query(
        `INSERT INTO idempotency_keys (tenant, key, fingerprint, id, owner, expires_at) VALUES ${values}`,
      );
      const first = send();
      const waiting = `
        pg_locks JOIN pg_stat_activity USING (pid)
        WHERE NOT granted AND application_name = current_schema() AND query LIKE '%idempotency_keys%'`;
      await waitUntil(async () => (await held(waiting)) > 0, 'the reservation to wait');
      proxy.cut();
      const refused = await first;
      assert.deepEqual([refused.status, (await refused.text()).includes('store_unavailable')], [503, true]);
      await schema.query('ROLLBACK');
      await waitUntil(async () => (await held("idempotency_keys WHERE key = 'held'")) === 1, 'the late reservation');

      const again = await send(AbortSignal.timeout(leaseMs * 5));
      const text = await again.text();
      assert.equal(again.status, 200, text);
      assert.equal(JSON.parse(text).status, 'completed');
      await arena.assertUnharmed();
    });
  });
});
