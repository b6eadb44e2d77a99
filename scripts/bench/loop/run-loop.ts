import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCpuTime } from '../process-usage.ts';
import { runLoad } from '../run-load.ts';
import { type ServerProcess, startProcess } from '../start-process.ts';
import { type Spread, toSpread } from '../statistics.ts';
import { type LoopPlace, memoryPlace, openPostgresPlace, openSqlitePlace } from './loop-place.ts';
import { finalText, label, loopSteps } from './loop-script.ts';

export interface LoopOptions {
  rounds: number;
  isQuick: boolean;
}

interface LoopRow {
  title: string;
  store: string;
  /** CPU time of a step as a multiple of the floor's. */
  ratio: Spread;
  /** Median CPU time of a step, in microseconds. */
  cpu: { talaria: number; floor: number };
  /** Bytes of the journal for each step. */
  journalBytes?: number;
}

interface LoopKind {
  title: string;
  path: string;
  body: object;
}

const input = 'What time is it?';
const tools = [{ type: 'mcp', server_label: label, require_approval: 'never' }];
const chat: LoopKind = {
  title: 'chat, plain',
  path: '/v1/chat/completions',
  body: { model: 'bench', messages: [{ role: 'user', content: input }] },
};
const response = { path: '/v1/responses', body: { model: 'bench', input, tools, stream: true } };
const direct: LoopKind = { title: 'responses, streamed, not journalled', ...response };
const journalled: LoopKind = {
  title: 'responses, streamed, journalled',
  path: response.path,
  body: { ...response.body, background: true },
};

/** The body of the floor. */
const byHand: LoopKind = { title: 'by hand', path: '/', body: { model: 'bench', input } };

const concurrency = 4;
const toolScript = fileURLToPath(new URL('../servers/loop-tool.ts', import.meta.url));

/**
 * Measures the CPU time of a tool step in each store, with a journal and without, as a multiple of the same model call and
 * tool call made by hand. Prints a table.
 */
export async function runLoop({ rounds, isQuick }: LoopOptions): Promise<void> {
  const started = performance.now();
  await using stack = new AsyncDisposableStack();
  const model = stack.use(await startProcess('scripts/bench/servers/loop-model.ts'));
  const agent = { AGENT_URL: `${model.url}/v1` };
  const floor = stack.use(
    await startProcess('scripts/bench/servers/loop-floor.ts', { environment: { ...agent, LOOP_TOOL: toolScript } }),
  );
  const counts = isQuick ? { warmUp: 8, count: 8 } : { warmUp: 200, count: 60 };
  await sendLoops(floor, byHand, counts.warmUp);
  const rows: LoopRow[] = [];
  for (const open of [memoryPlace, openSqlitePlace, openPostgresPlace]) {
    const place = await open().catch((reason: unknown) => {
      console.log(`PostgreSQL was skipped: ${reason instanceof Error ? reason.message : reason}\n`);
      return undefined;
    });
    if (!place) continue;
    await using opened = place;
    console.error(`loop, ${place.name} …`);
    rows.push(...(await measurePlace(opened, floor, agent, { rounds, ...counts })));
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${toLoopTable(rows)}\n`);
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${rounds} rounds${isQuick ? ', quick' : ''}, ${seconds} s; ${loopSteps} steps a request; every reply was checked, none was wrong`,
  );
}

interface Counts {
  rounds: number;
  warmUp: number;
  count: number;
}

async function measurePlace(
  place: LoopPlace,
  floor: ServerProcess,
  agent: Record<string, string>,
  counts: Counts,
): Promise<LoopRow[]> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'talaria-loop-config-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'talaria.yaml');
  const clock = { command: process.execPath, args: [toolScript] };
  writeFileSync(config, JSON.stringify({ mcp_servers: { [label]: clock } }));
  const environment = {
    ...agent,
    AGENT_MCP_SERVERS: label,
    API_SERVER_PORT: '0',
    STORE_URL: place.url,
    TALARIA_CONFIG: config,
  };
  const talaria = stack.use(await startProcess('src/main.ts', { environment, log: 'discarded' }));
  const rows: LoopRow[] = [];
  for (const kind of [...(place.name === 'memory' ? [chat] : []), direct, journalled]) {
    const before = await place.measureJournal();
    const row = { store: place.name, ...(await compare(kind, talaria, floor, counts)) };
    const after = await place.measureJournal();
    const steps = loopSteps * (counts.warmUp + counts.rounds * counts.count);
    const bytes = after && before ? after.bytes - before.bytes : 0;
    rows.push(kind === journalled && bytes > 0 ? { ...row, journalBytes: bytes / steps } : row);
  }
  return rows;
}

async function compare(
  kind: LoopKind,
  talaria: ServerProcess,
  floor: ServerProcess,
  { rounds, warmUp, count }: Counts,
): Promise<Pick<LoopRow, 'title' | 'ratio' | 'cpu'>> {
  const measure = async (server: ServerProcess): Promise<number> => {
    const before = readCpuTime(server.pid);
    await sendLoops(server, server === floor ? byHand : kind, count);
    return (readCpuTime(server.pid) - before) / (count * loopSteps);
  };
  await sendLoops(talaria, kind, warmUp);
  const times: { talaria: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // The order alternates, so that drift favours neither.
    const first = round % 2 === 0 ? floor : talaria;
    const measured = new Map([[first, await measure(first)]]);
    const second = first === floor ? talaria : floor;
    measured.set(second, await measure(second));
    times.push({ talaria: measured.get(talaria) ?? 0, floor: measured.get(floor) ?? 0 });
  }
  return {
    title: kind.title,
    ratio: toSpread(times.map((time) => time.talaria / time.floor)),
    cpu: {
      talaria: toSpread(times.map((time) => time.talaria)).median,
      floor: toSpread(times.map((time) => time.floor)).median,
    },
  };
}

const sendLoops = ({ url }: ServerProcess, { title, path, body }: LoopKind, count: number): Promise<void> =>
  runLoad({ url: url + path, body: JSON.stringify(body), count, concurrency, check: (text) => check(title, text) });

/** A streamed response has all calls; any reply has the final text. */
function check(title: string, text: string): string | undefined {
  const calls = text.split('event: response.mcp_call.completed\n').length - 1;
  if (text.includes('event: ') && calls !== loopSteps) return `${title}: ${calls} calls in ${text.slice(-1000)}`;
  return text.includes(finalText) ? undefined : `${title}: no final text in ${text.slice(-1000)}`;
}

const columns = ['', 'store', '× by hand', 'quartiles', 'CPU µs', 'by hand µs', 'beyond µs', 'journal bytes'];

function toLoopTable(rows: readonly LoopRow[]): string {
  const cells = rows.map(({ title, store, ratio, cpu, journalBytes }) => [
    `${title}, per tool step`,
    store,
    `**${ratio.median.toFixed(2)}**`,
    `${ratio.lowerQuartile.toFixed(2)}–${ratio.upperQuartile.toFixed(2)}`,
    cpu.talaria.toFixed(0),
    cpu.floor.toFixed(0),
    (cpu.talaria - cpu.floor).toFixed(0),
    journalBytes === undefined ? '' : Math.round(journalBytes).toLocaleString('en'),
  ]);
  return [columns, columns.map((_, index) => (index < 2 ? '---' : '---:')), ...cells]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
