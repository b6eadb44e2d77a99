/**
 * `npm run test:crash [-- --store sqlite|postgres --kills N --seed S --recovery fail|restart|mixed --kill-database]`: kills
 * a server repeatedly at random moments while clients use it, and checks that no acknowledged data is lost. With
 * `--kill-database` also kills and restarts PostgreSQL. With `--tools [--steps N]` the clients run loops of tool calls, and
 * PostgreSQL has two servers. `npm test` does the same with a few kills.
 */
import { parseArgs } from 'node:util';
import { createPostgresCrashStore, createSqliteCrashStore } from '../test/crash/crash-store.ts';
import { recoveries, runCrashTest } from '../test/crash/run-crash-test.ts';
import { runToolCrashTest } from '../test/crash/tools/run-tool-crash-test.ts';
import { durable, startOwnServer } from '../test/store/postgres/test-server.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    clients: { type: 'string', default: '8' },
    recovery: { type: 'string', default: 'mixed' },
    'kill-database': { type: 'boolean', default: false },
    tools: { type: 'boolean', default: false },
    steps: { type: 'string', default: '20' },
  },
});
const [kills, seed, clients, steps] = [values.kills, values.seed, values.clients, values.steps].map(Number);
if (!kills || !seed || !clients || !steps)
  throw new Error('--kills, --seed, --clients and --steps must be at least 1.');
if (values.tools && values['kill-database']) throw new Error('--tools excludes --kill-database.');
const recovery = recoveries.find((one) => one === values.recovery);
if (!recovery) throw new Error(`--recovery must be one of ${recoveries.join(', ')}.`);

await using stack = new AsyncDisposableStack();
const started = performance.now();
console.log(
  `${values.store}, ${kills} kills, ${clients} clients, seed ${seed}, ${values.tools ? `loops of ${steps} tool steps` : `RUN_RECOVERY=${recovery}`}`,
);
try {
  const options = {
    store: stack.use(await createStore(values.store)),
    kills,
    seed,
    clients,
    onKill: (count: number) => count % 20 === 0 && console.log(`  ${count} kills, ${seconds()} s`),
  };
  const servers = values.store === 'postgres' ? 2 : 1;
  const { counts } = await (values.tools
    ? runToolCrashTest({ ...options, servers, steps })
    : runCrashTest({ ...options, recovery }));
  console.log(`Nothing was lost. ${kills} kills in ${seconds()} s, seed ${seed}, Node ${process.version}:`);
  for (const [what, count] of Object.entries(counts)) console.log(`  ${what.padEnd(20)} ${count}`);
} catch (error) {
  console.error(`Seed ${seed}:`, error);
  process.exitCode = 1;
}

async function createStore(name: string) {
  const killsDatabase = values['kill-database'];
  if (name === 'sqlite' && !killsDatabase) return createSqliteCrashStore();
  if (name !== 'postgres') throw new Error(`--store must be sqlite or postgres; --kill-database requires postgres.`);
  const server = stack.use(await startOwnServer(killsDatabase ? durable : {}));
  return createPostgresCrashStore(server, killsDatabase ? server : undefined);
}

function seconds(): number {
  return Math.round((performance.now() - started) / 1000);
}
