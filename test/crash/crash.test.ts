import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withTestServer } from '../store/postgres/test-server.ts';
import { createPostgresCrashStore, createSqliteCrashStore } from './crash-store.ts';
import { type CrashSummary, runCrashTest } from './run-crash-test.ts';

/** `npm run test:crash` has the same with hundreds of kills. */
const short = { kills: 3, clients: 4 };

/** A run in which nothing happened would prove nothing. */
function assertBusy({ counts }: CrashSummary): void {
  const { completed = 0, cutOff = 0, events = 0 } = counts;
  assert.ok(completed > 0 && cutOff > 0 && events > 100, JSON.stringify(counts));
}

describe('a server that is killed again and again loses nothing that it has told', () => {
  it('with SQLite', async () => {
    await using store = createSqliteCrashStore();
    assertBusy(await runCrashTest({ store, seed: 1, recovery: 'mixed', ...short }));
  });
});

await withTestServer((server) => {
  describe('a server that is killed again and again loses nothing that it has told', () => {
    it('with PostgreSQL', async () => {
      await using store = await createPostgresCrashStore(server);
      assertBusy(await runCrashTest({ store, seed: 2, recovery: 'restart', ...short }));
    });
  });
});
