/**
 * `npm run fuzz [-- --cases 20000 --seed N --store memory|sqlite|postgres|all --agent offline|hostile|all --seconds N
 * --only CASE --kinds body,chain --keep DIR]`: sends generated requests to servers with every store, with the offline agent
 * and with a hostile upstream, and checks that no request harms the server. `npm test` runs a few hundred cases.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailures, type NamedReport, summarise } from '../test/fuzz/report-fuzz.ts';
import { type CaseName, runFuzz } from '../test/fuzz/run-fuzz.ts';
import { localStores, type StoreKind } from '../test/helpers/local-stores.ts';
import { createTestSchema } from '../test/store/postgres/test-database.ts';
import { startOwnServer } from '../test/store/postgres/test-server.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    store: { type: 'string', default: 'all' },
    agent: { type: 'string', default: 'all' },
    seconds: { type: 'string', default: '900' },
    stall: { type: 'string', default: '1000' },
    megabytes: { type: 'string', default: '900' },
    concurrency: { type: 'string', default: '8' },
    only: { type: 'string' },
    kinds: { type: 'string' },
    keep: { type: 'string' },
  },
});
const toNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} must be an integer of at least 0.`);
  return number;
};
const [cases, seed, seconds] = [
  toNumber('cases', values.cases),
  toNumber('seed', values.seed),
  toNumber('seconds', values.seconds),
];
const bounds = { stallMs: toNumber('stall', values.stall), megabytes: toNumber('megabytes', values.megabytes) };

await using stack = new AsyncDisposableStack();
const stores = await openStores(values.store);
const agents = (['offline', 'hostile'] as const).filter((agent) => values.agent === 'all' || values.agent === agent);
const arenas = stores.flatMap((store) => agents.map((agent) => ({ store, agent })));
if (arenas.length === 0)
  throw new Error('--store must be memory, sqlite, postgres or all; --agent must be offline, hostile or all.');

console.log(`seed ${seed}, ${cases} cases, at most ${seconds} s, Node ${process.version}`);
const deadline = Date.now() + seconds * 1000;
const share = Math.ceil(cases / arenas.length);
const reports: NamedReport[] = [];
for (const [index, { store, agent }] of arenas.entries()) {
  const first = index * share;
  // Every second server validates its output: an invalid reply is then a 500 with its cause in the log.
  const validates = (stores.indexOf(store) + agents.indexOf(agent)) % 2 === 1;
  const named =
    values.only === undefined
      ? range(first, Math.min(first + share, cases))
      : values.only.split(',').map((one) => ({ seed, index: Number(one) }));
  const kinds = values.kinds?.split(',');
  const concurrency = toNumber('concurrency', values.concurrency);
  const report = await runFuzz({ store, agent, validates, cases: named, kinds, bounds, deadline, concurrency });
  reports.push({ ...report, store: store.name, agent });
  console.log(
    `  ${store.name}, ${agent}: ${report.cases} cases in ${Math.round(report.seconds)} s, ${report.failures.length} failures`,
  );
}
finish();

async function openStores(name: string): Promise<StoreKind[]> {
  const isChosen = (one: string) => name === 'all' || (name !== '' && one.toLowerCase().startsWith(name));
  const chosen = localStores.filter((store) => isChosen(store.name));
  if (!isChosen('PostgreSQL')) return chosen;
  const server = stack.use(await startOwnServer());
  return [...chosen, { name: 'PostgreSQL', lasts: true, open: () => createTestSchema(server) }];
}

function* range(from: number, to: number): Generator<CaseName> {
  for (let index = from; index < to; index++) yield { seed, index };
}

function finish(): void {
  const failures = describeFailures(reports, seed);
  if (values.keep !== undefined) {
    mkdirSync(values.keep, { recursive: true });
    writeFileSync(
      join(values.keep, `fuzz-${seed}.json`),
      JSON.stringify(
        reports.flatMap((report) => report.failures),
        null,
        2,
      ),
    );
  }
  if (failures !== '') console.log(`\n${failures}`);
  console.log(`\n${summarise(reports)}`);
  console.log(`\nseed ${seed}: ${failures === '' ? 'no failures' : 'FAILED'}`);
  if (failures !== '') process.exitCode = 1;
}
