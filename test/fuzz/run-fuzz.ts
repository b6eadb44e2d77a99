import { setTimeout as delay } from 'node:timers/promises';
import { readPeakMegabytes } from '../attacks/arena.ts';
import { type ArenaKind, countHandles, type FuzzArena, startFuzzArena } from './fuzz-arena.ts';
import { type Finding, shapeOf, type Target } from './fuzz-case.ts';
import type { HealthReport } from './health-watch.ts';
import { judgeLog } from './judge-log.ts';
import { runCase } from './make-case.ts';

/** The input of a case. */
export interface CaseName {
  seed: number;
  index: number;
}

export interface FuzzOptions extends ArenaKind {
  /** The cases to run. */
  cases: Iterable<CaseName>;
  /** Only cases of these kinds. */
  kinds?: readonly string[] | undefined;
  concurrency?: number;
  bounds?: Partial<FuzzBounds>;
  /** No case starts after this, in `Date.now()`. */
  deadline?: number;
}

export interface FuzzBounds {
  stallMs: number;
  megabytes: number;
  /** One case, from its first request to its last answer. */
  caseMs: number;
}

export interface Failure extends Finding {
  /** The case; `undefined` for what only the whole run shows. */
  name: CaseName | undefined;
  kind: string;
}

export interface FuzzReport {
  cases: number;
  /** Answers by status. 101 counts WebSocket connections. */
  statuses: Map<number, number>;
  failures: Failure[];
  longestMs: number;
  megabytes: number | undefined;
  seconds: number;
}

const usual: FuzzBounds = { stallMs: 1_000, megabytes: 900, caseMs: 60_000 };
/** A server that dies is started again this often, so that one fault does not hide the others. */
const restarts = 5;
/** Handles that a server may have more of after the run than before it: idle connections to its store, and its upstream. */
const spareHandles = 24;
const settleMs = 20_000;

interface Span {
  index: number;
  kind: string;
  startedAt: number;
  endedAt: number;
}

/** Sends generated cases to servers of one kind, and checks replies, pauses, memory, logs and leaks. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const started = performance.now();
  const run = new FuzzRun(options);
  const cases = options.cases[Symbol.iterator]();
  for (let starts = 0; starts <= restarts && !run.isDone; starts++) {
    await using arena = await startFuzzArena(options);
    await run.over(arena, cases);
  }
  return { ...run.report, seconds: (performance.now() - started) / 1000 };
}

class FuzzRun {
  readonly #options: FuzzOptions;
  readonly #bounds: FuzzBounds;
  readonly #running = new Set<Span>();
  #spans: Span[] = [];
  isDone = false;
  readonly report: FuzzReport = {
    cases: 0,
    statuses: new Map(),
    failures: [],
    longestMs: 0,
    megabytes: undefined,
    seconds: 0,
  };

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#bounds = { ...usual, ...options.bounds };
  }

  /** Runs cases on one server until there are no more, or it dies. */
  async over(arena: FuzzArena, cases: Iterator<CaseName>): Promise<void> {
    const { target, server, health } = arena;
    this.#spans = [];
    const handles = countHandles(server.process.pid);
    const isAlive = () => server.process.exitCode === null && server.process.signalCode === null;
    const work = async (): Promise<void> => {
      while (isAlive() && Date.now() < (this.#options.deadline ?? Number.POSITIVE_INFINITY)) {
        const next = cases.next();
        if (next.done === true) return;
        await this.#runOne(next.value, target, isAlive);
      }
    };
    const workers = Array.from({ length: this.#options.concurrency ?? 8 }, work);
    await Promise.all(workers);
    this.isDone = isAlive();
    const peak = readPeakMegabytes(server.process.pid);
    if (peak !== undefined) this.report.megabytes = Math.max(peak, this.report.megabytes ?? 0);
    if (isAlive()) await this.#judgeAftermath(arena, handles);
    else
      this.#fail(
        'the process died',
        `${server.process.exitCode ?? server.process.signalCode}\n${server.stderr().slice(-1_500)}`,
      );
    this.#judgeHealth(await health.report());
    if (peak !== undefined && peak > this.#bounds.megabytes)
      this.#fail('memory', `the server took ${Math.round(peak)} MB`);
    for (const [fault, count] of judgeLog(server.stderr())) {
      if (isAlive()) this.#fail('log', `${count} times: ${fault}`, shapeOf(fault));
    }
  }

  async #runOne(name: CaseName, target: Target, isAlive: () => boolean): Promise<void> {
    const span: Span = { index: name.index, kind: '', startedAt: Date.now(), endedAt: Number.POSITIVE_INFINITY };
    this.#running.add(span);
    this.#spans.push(span);
    const { kinds } = this.#options;
    const timeout = AbortSignal.timeout(this.#bounds.caseMs);
    const result = await Promise.race([
      runCase({ ...name, target, kinds }).catch((error: unknown) => `${error instanceof Error ? error.stack : error}`),
      new Promise<string>((resolve) => timeout.addEventListener('abort', () => resolve('the case took too long'))),
    ]);
    span.endedAt = Date.now();
    this.report.cases += 1;
    this.#running.delete(span);
    if (typeof result === 'string') {
      this.report.failures.push({
        name,
        kind: 'case',
        group: shapeOf(result),
        fault: result,
        request: '',
        answer: '',
      });
      return;
    }
    span.kind = result.kind;
    for (const status of result.fuzz.statuses) {
      this.report.statuses.set(status, (this.report.statuses.get(status) ?? 0) + 1);
    }
    // Without a server the faults are one fault, which is reported once.
    if (!isAlive()) return;
    for (const finding of result.fuzz.findings) this.report.failures.push({ ...finding, name, kind: result.kind });
  }

  #judgeHealth({ longestMs, pauses }: HealthReport): void {
    this.report.longestMs = Math.max(this.report.longestMs, longestMs);
    for (const { startedAt, milliseconds } of pauses.filter((pause) => pause.milliseconds > this.#bounds.stallMs)) {
      const at = this.#spans.filter((span) => span.startedAt <= startedAt + milliseconds && span.endedAt >= startedAt);
      const running = at.map(({ index, kind }) => `${index} ${kind}`).join(', ');
      this.#fail('stall', `/health took ${Math.round(milliseconds)} ms while these cases ran: ${running}`, 'stall');
    }
  }

  /** A plain turn works, and what the cases opened is closed. */
  async #judgeAftermath({ target, server }: FuzzArena, before: number | undefined): Promise<void> {
    target.connections.destroy();
    const response = await fetch(`${target.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${target.keys.a}` },
      body: JSON.stringify({ input: '/say It works.\nsay It works.' }),
      signal: AbortSignal.timeout(settleMs),
    }).catch((error: unknown) => `${error}`);
    const text = typeof response === 'string' ? response : await response.text();
    if (!text.includes('It works.')) this.#fail('aftermath', `a plain turn came to: ${text.slice(0, 300)}`);
    if (before === undefined) return;
    const count = () => countHandles(server.process.pid) ?? 0;
    const deadline = performance.now() + settleMs;
    while (count() > before + spareHandles) {
      if (performance.now() > deadline)
        return this.#fail('aftermath', `${count()} handles are open; there were ${before}`);
      await delay(100);
    }
  }

  #fail(kind: string, fault: string, shape = shapeOf(fault)): void {
    const running = [...this.#running].map(({ index }) => index).join(', ');
    this.report.failures.push({
      name: undefined,
      kind,
      group: `${kind}: ${shape}`,
      fault: kind === 'the process died' ? `${kind}: ${fault}` : fault,
      request: running === '' ? '' : `while these cases ran: ${running}`,
      answer: '',
    });
  }
}
