/**
 * `npm run rolling [-- --restarts N --clients N --workers N --drain MS]`: restarts two servers on one PostgreSQL in turn,
 * behind a proxy and under load. Fails if any request fails.
 */
import { parseArgs } from 'node:util';
import { createTestSchema } from '../../test/store/postgres/test-database.ts';
import { startOwnServer } from '../../test/store/postgres/test-server.ts';
import { runRolling } from './run-rolling.ts';

const failuresShown = 10;
const { values } = parseArgs({
  options: {
    restarts: { type: 'string', default: '6' },
    /** Of each of five kinds. */
    clients: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1' },
    /** Longer than the proxy takes to notice, also on a busy machine. */
    drain: { type: 'string', default: '3000' },
  },
});
const [restarts, clients] = [Number(values.restarts), Number(values.clients)];
if (!(restarts > 0 && clients > 0)) throw new Error('--restarts and --clients must be at least 1.');

await using stack = new AsyncDisposableStack();
const server = stack.use(await startOwnServer({}));
const { url } = stack.use(await createTestSchema(server));
const settings = { WORKERS: values.workers, API_SERVER_DRAIN_MS: values.drain };
const started = performance.now();
const { counts, failures } = await runRolling({ storeUrl: url, restarts, clients, settings });
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${restarts} restarts in ${seconds} s, ${values.workers} workers each:`);
for (const [kind, count] of Object.entries(counts)) console.log(`  ${kind.padEnd(20)} ${count}`);
for (const failure of failures.slice(0, failuresShown)) console.error(`FAILED: ${failure}`);
console.log(`${failures.length} failed requests`);
process.exitCode = failures.length === 0 ? 0 : 1;
