/**
 * `npm run test:crash [-- --store sqlite|postgres --kills N --seed S --recovery fail|restart|mixed --kill-database]`: kills
 * a server at random moments, again and again, while clients use it, and checks that nothing it has sent them is lost. With
 * `--kill-database` PostgreSQL is killed as often, and comes back. `npm test` has the same with a few kills.
 */
import { parseArgs } from 'node:util';
import { createPostgresCrashStore, createSqliteCrashStore } from '../test/crash/crash-store.ts';
import { recoveries, runCrashTest } from '../test/crash/run-crash-test.ts';
import { durable, startOwnServer } from '../test/store/postgres/test-server.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    clients: { type: 'string', default: '8' },
    recovery: { type: 'string', default: 'mixed' },
    'kill-database': { type: 'boolean', default: false },
  },
});
const [kills, seed, clients] = [values.kills, values.seed, values.clients].map(Number);
if (!kills || !seed || !clients) throw new Error('--kills, --seed and --clients are numbers from 1 up.');
const recovery = recoveries.find((one) => one === values.recovery);
if (!recovery) throw new Error(`--recovery is one of ${recoveries.join(', ')}.`);

await using stack = new AsyncDisposableStack();
const started = performance.now();
console.log(`${values.store}, ${kills} kills, ${clients} clients, seed ${seed}, RUN_RECOVERY=${recovery}`);
try {
  const { counts } = await runCrashTest({
    store: stack.use(await createStore(values.store)),
    kills,
    seed,
    clients,
    recovery,
    onKill: (count) => count % 20 === 0 && console.log(`  ${count} kills, ${seconds()} s`),
  });
  console.log(`Nothing was lost. ${kills} kills in ${seconds()} s, seed ${seed}, Node ${process.version}:`);
  for (const [what, count] of Object.entries(counts)) console.log(`  ${what.padEnd(20)} ${count}`);
} catch (error) {
  console.error(`Seed ${seed}:`, error);
  process.exitCode = 1;
}

async function createStore(name: string) {
  const killsDatabase = values['kill-database'];
  if (name === 'sqlite' && !killsDatabase) return createSqliteCrashStore();
  if (name !== 'postgres') throw new Error(`--store is sqlite or postgres, the latter with --kill-database.`);
  const server = stack.use(await startOwnServer(killsDatabase ? durable : {}));
  return createPostgresCrashStore(server, killsDatabase ? server : undefined);
}

function seconds(): number {
  return Math.round((performance.now() - started) / 1000);
}
