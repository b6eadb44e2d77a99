import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withTestServer } from '../../store/postgres/test-server.ts';
import { createPostgresCrashStore, createSqliteCrashStore } from '../crash-store.ts';
import { runToolCrashTest, type ToolCrashOptions } from './run-tool-crash-test.ts';

/** `npm run test:crash -- --tools` does the same with hundreds of kills. */
const short = { kills: 3, clients: 3, steps: 8 };
const mostKills = 24;

/** Repeats with more kills until enough happened: on a slow machine each server may die too soon. */
async function crash(options: Omit<ToolCrashOptions, keyof typeof short>): Promise<void> {
  for (let { kills } = short; ; kills *= 2) {
    const { counts } = await runToolCrashTest({ ...short, ...options, kills });
    const { loops = 0, completed = 0 } = counts;
    if (loops > 0 && completed > 0) return;
    assert.ok(kills < mostKills, JSON.stringify(counts));
  }
}

describe('a loop of tools whose server is killed repeatedly loses no result and repeats no call', () => {
  it('with SQLite and one server, seed 1', async () => {
    await using store = createSqliteCrashStore();
    await crash({ store, servers: 1, seed: 1 });
  });
});

await withTestServer((server) => {
  describe('a loop of tools whose server is killed repeatedly loses no result and repeats no call', () => {
    it('with PostgreSQL and two servers, seed 2', async () => {
      await using store = await createPostgresCrashStore(server);
      await crash({ store, servers: 2, seed: 2 });
    });
  });
});
