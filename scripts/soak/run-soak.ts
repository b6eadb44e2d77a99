import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ClientProcess } from './client/client-process.ts';
import type { LoadJob, LoadOutcome } from './client/load-job.ts';
import { findLeftovers, type Rest, readRest } from './find-leftovers.ts';
import { measureRefusals } from './measure-refusals.ts';
import { print, toBytes, toTimes } from './print.ts';
import { type ProcessFigures, ServerProcess } from './server-process.ts';
import { UpstreamProcess } from './upstream-process.ts';

export interface SoakOptions {
  streams: number;
  seconds: number;
  /** Tokens per second of one stream. */
  rate: number;
  /** For the store. */
  directory: string;
  profileDirectory: string | undefined;
}

interface Parts {
  options: SoakOptions;
  upstream: UpstreamProcess;
  server: ServerProcess;
  clients: ClientProcess;
  faults: string[];
}

/** Between two starts of streams. */
const startMs = 5;
const refusals = 200;
/** Streams of the second part are shorter, so that new ones start after each death. */
const churnTokensSeconds = 5;
const downMs = 2000;

/** Runs all parts and returns what went wrong. */
export async function runSoak(options: SoakOptions): Promise<string[]> {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await UpstreamProcess.start());
  const file = join(options.directory, 'soak.db');
  const environment = {
    AGENT_URL: `${upstream.url}/v1`,
    STORE_URL: `sqlite:${file}`,
    MAX_RUNS: `${options.streams}`,
    MAX_QUEUED_RUNS: '0',
  };
  const server = stack.use(await ServerProcess.start(environment, options.profileDirectory));
  const parts: Parts = { options, upstream, server, clients: stack.use(await ClientProcess.start()), faults: [] };
  await warmUp(parts);
  const idle = { figures: await server.look(), rest: readRest(server, file) };
  await holdStreams(parts, idle.figures);
  await churn(parts);
  await fillSlots(parts);
  parts.faults.push(...(await findLeftovers(server, file, idle.rest)));
  printRest(await server.look(), idle.figures, readRest(server, file));
  return parts.faults;
}

/** Compiles the hot code and opens what stays open, such as connections to the upstream. */
async function warmUp(parts: Parts): Promise<void> {
  const streams = Math.min(parts.options.streams, 100);
  expectAll(
    'warm-up',
    await parts.clients.run({ ...toJob(parts, 'warm'), streams, count: 20, rate: 20, rampMs: 200 }),
    parts,
  );
}

/**
 * Part one: all streams at once. Their first tokens wait until all are open; then everything is measured, within the first
 * three quarters of their time.
 */
async function holdStreams(parts: Parts, idle: ProcessFigures): Promise<void> {
  const { options, server, clients } = parts;
  const started = Promise.withResolvers<void>();
  const openedAt = performance.now();
  const job = { ...toJob(parts, 'hold'), count: options.seconds * options.rate, isGated: true };
  const running = clients.run(job, started.resolve);
  await Promise.race([started.promise, running]);
  const startedAt = performance.now();
  await server.look();
  const before = server.schedule();
  await delay(options.seconds * 500);
  const after = server.schedule();
  const figures = await server.look();
  const times = await measureRefusals(server.url, { count: refusals, withinMs: options.seconds * 250 });
  if (times.length === 0) parts.faults.push('no request was refused while all slots were taken');
  const outcome = await running;
  const lateMs = performance.now() - startedAt - options.seconds * 1000;
  expectAll('every stream', outcome, parts);
  print('streams held', `${outcome.ends.completed} of ${options.streams}, ${outcome.tokens} tokens, each compared`);
  print(
    'opened within',
    `${toSeconds(startedAt - openedAt)}; the last one ended ${toSeconds(Math.max(0, lateMs))} late`,
  );
  print(
    'server',
    `${toShare(after.cpuMs - before.cpuMs, options)} of a core; waited for one for ${toShare(after.waitMs - before.waitMs, options)}`,
  );
  print('event-loop delay', toDelay(figures));
  print(
    'memory per stream',
    `${toBytes((figures.residentBytes - idle.residentBytes) / options.streams)} resident, ${toBytes((figures.heapBytes - idle.heapBytes) / options.streams)} heap`,
  );
  print(`${times.length} refusals (429)`, toTimes(times));
}

const toSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** As a share of the time in which the process was measured: half of the streams' time. */
const toShare = (milliseconds: number, { seconds }: SoakOptions): string =>
  `${(milliseconds / 5 / seconds).toFixed(0)} %`;

const toDelay = ({ delayMs: { p50, p99, max } }: ProcessFigures): string =>
  `p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)}, max ${max.toFixed(0)} ms`;

/** Part two: clients leave, read slowly and come back, and the upstream dies twice. */
async function churn(parts: Parts): Promise<void> {
  const { options, server, clients, upstream } = parts;
  const repeatMs = options.seconds * 1000;
  const count = Math.max(1, Math.min(churnTokensSeconds, options.seconds / 4) * options.rate);
  const running = clients.run({
    ...toJob(parts, 'churn'),
    count: Math.round(count),
    repeatMs,
    leaving: 0.1,
    slow: 0.05,
  });
  await server.look();
  for (let death = 0; death < 2; death++) {
    await delay(repeatMs / 3);
    await upstream.kill();
    await delay(Math.min(downMs, repeatMs / 10));
    await upstream.restart();
  }
  const { ends, tokens, faults, faultCount } = await running;
  const figures = await server.look();
  parts.faults.push(...faults, ...(faultCount > faults.length ? [`${faultCount - faults.length} more of churn`] : []));
  for (const end of ['completed', 'failed', 'left'] as const) {
    if (ends[end] === 0) parts.faults.push(`churn: no stream ended as ${end}`);
  }
  print(
    'with churn',
    `${Object.entries(ends)
      .map(([end, number]) => `${number} ${end}`)
      .join(', ')}; ${tokens} tokens`,
  );
  print('event-loop delay', toDelay(figures));
}

/** Part three: every slot is free again, or a stream would be refused. */
async function fillSlots(parts: Parts): Promise<void> {
  expectAll(
    'a stream for each slot',
    await parts.clients.run({ ...toJob(parts, 'fill'), count: parts.options.rate }),
    parts,
  );
}

function toJob({ options, server }: Parts, name: string): LoadJob {
  const { streams, rate } = options;
  return { origin: server.url, name, streams, count: rate, rate, rampMs: startMs * streams };
}

function expectAll(what: string, { ends, faults }: LoadOutcome, { faults: all }: Parts): void {
  const { completed, ...others } = ends;
  const missing = Object.entries(others).filter(([, number]) => number > 0);
  if (missing.length > 0)
    all.push(`${what}: ${completed} completed, ${missing.map(([end, number]) => `${number} ${end}`).join(', ')}`);
  all.push(...faults);
}

function printRest({ residentBytes, heapBytes }: ProcessFigures, idle: ProcessFigures, rest: Rest): void {
  const open = `${rest.files} open files, ${rest.sockets} of them sockets; ${rest.running} running runs`;
  print(
    'afterwards',
    `${open}; ${toBytes(residentBytes)} resident, ${toBytes(heapBytes)} heap (before: ${toBytes(idle.residentBytes)}, ${toBytes(idle.heapBytes)})`,
  );
}
