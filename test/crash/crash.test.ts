import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withTestServer } from '../store/postgres/test-server.ts';
import { createPostgresCrashStore, createSqliteCrashStore } from './crash-store.ts';
import { type CrashOptions, runCrashTest } from './run-crash-test.ts';

/** `npm run test:crash` does the same with hundreds of kills. */
const short = { kills: 3, clients: 4 };
const mostKills = 24;

/** Repeats with more kills until enough happened: on a slow machine each server may die too soon. */
async function crash(options: Omit<CrashOptions, keyof typeof short>): Promise<void> {
  for (let { kills } = short; ; kills *= 2) {
    const { counts } = await runCrashTest({ ...short, ...options, kills });
    const { completed = 0, cutOff = 0, events = 0 } = counts;
    if (completed > 0 && cutOff > 0 && events > 100) return;
    assert.ok(kills < mostKills, JSON.stringify(counts));
  }
}

describe('a server that is killed repeatedly loses nothing that it sent', () => {
  it('with SQLite', async () => {
    await using store = createSqliteCrashStore();
    await crash({ store, seed: 1, recovery: 'mixed' });
  });
});

await withTestServer((server) => {
  describe('a server that is killed repeatedly loses nothing that it sent', () => {
    it('with PostgreSQL', async () => {
      await using store = await createPostgresCrashStore(server);
      await crash({ store, seed: 2, recovery: 'restart' });
    });
  });
});
