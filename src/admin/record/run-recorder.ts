import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { Log } from '../../log.ts';
import type { RunWatch, WatchedRun } from '../../runs/run-watch.ts';
import type { LoadFlush } from '../../store/load-store.ts';
import type { Store } from '../../store/store.ts';
import { LiveRecord, type LiveRecordEvents } from './live-record.ts';
import { LoadCounter } from './load-counter.ts';

export interface RunRecorderOptions {
  store: Pick<Store, 'runRecords' | 'load'>;
  /** The server that executes the runs. */
  server: string;
  log: Pick<Log, 'warn' | 'error'>;
  flushMs?: number;
}

/**
 * Records the runs of this server for operators. Records are written in the background, all of an interval in one
 * transaction, so no run waits for them or fails with them. Executes the stops that other servers requested.
 */
export class RunRecorder implements AsyncDisposable {
  readonly #options: RunRecorderOptions;
  /** The runs that have not ended. */
  readonly #live = new Map<string, LiveRecord>();
  /** The runs whose stored record is missing or old. */
  #changed = new Set<LiveRecord>();
  readonly #load = new LoadCounter();
  /** The last flush of the counters, until it is stored. */
  #pending: LoadFlush | undefined;
  #flushes = 0;
  /** Records of plain runs that ended since the last flush. */
  #plain = 0;
  #settledAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;
  /** Whether the last attempt failed, which was logged. */
  #isFailing = false;
  readonly #events: LiveRecordEvents = {
    began: (record) => {
      this.#load.begin();
      this.#changed.add(record);
    },
    changed: (record) => this.#changed.add(record),
    ended: (record) => this.#end(record),
  };

  constructor(options: RunRecorderOptions) {
    this.#options = options;
  }

  /** Flushes from now on. Call it once the server has a lease: runs of servers without one are lost. */
  start(): void {
    this.#timer = setInterval(() => void this.flush(), this.#options.flushMs ?? limits.runRecordFlushMs);
    this.#timer.unref();
  }

  /** Watches a run. Its events are collected synchronously and cheaply. */
  readonly watchRun = (run: WatchedRun): RunWatch => {
    const record = new LiveRecord(run, this.#events);
    this.#live.set(run.facts.run, record);
    this.#changed.add(record);
    this.#load.queue();
    return record;
  };

  /** Stores the newest state of a run, if this server executes it or its end is not stored yet. Never rejects. */
  async refresh(id: string): Promise<void> {
    if (!this.#live.has(id) && !this.#changed.values().some(({ facts }) => facts.run === id)) return;
    // The active flush may lack the newest state.
    await this.#flushing;
    await this.flush();
  }

  /** Stops a run of this server for an operator. `false`: this server does not execute it. */
  stop(id: string): boolean {
    const record = this.#live.get(id);
    record?.stop(new ApiError('run_stopped', 'An operator of the server stopped the run.'));
    return record !== undefined;
  }

  /** Writes what has changed. Never rejects: what could not be written is retried with its newest state. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /** Flushes once more. Call it when all runs have ended and the store is open. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#flushing;
    await this.flush();
  }

  async #flush(): Promise<void> {
    const { log } = this.#options;
    const results = await Promise.allSettled([this.#putRecords(), this.#addLoad(), this.#maintain()]);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure && !this.#isFailing) log.error({ err: failure.reason }, 'failed to store records of runs');
    this.#isFailing = failure !== undefined;
  }

  async #putRecords(): Promise<void> {
    const { store, server } = this.#options;
    const records = this.#takeChanged();
    if (records.length === 0) return;
    for (const record of records) record.isStored = true;
    try {
      await store.runRecords.put(records.map((record) => record.toRecord(server)));
    } catch (reason) {
      this.#changed = new Set([...records, ...this.#changed]);
      throw reason;
    }
  }

  /** Returns what to write. Drops the oldest records beyond the limit. */
  #takeChanged(): LiveRecord[] {
    const changed = [...this.#changed];
    this.#changed = new Set();
    this.#plain = 0;
    const kept = changed.splice(-limits.pendingRunRecords);
    for (const record of changed) if (record.end) this.#load.drop(record);
    return kept;
  }

  async #addLoad(): Promise<void> {
    const { store, server } = this.#options;
    if (this.#pending === undefined) {
      const now = Date.now();
      const counts = this.#load.take(now);
      if (counts.rows.length + counts.peaks.length === 0) return;
      this.#pending = { server, number: ++this.#flushes, at: Math.floor(now / 1000), ...counts };
    }
    await store.load.add(this.#pending);
    this.#pending = undefined;
  }

  async #maintain(): Promise<void> {
    const { store, server, log } = this.#options;
    // Without a timer it has not started, or it ends: its own records must not be taken for lost.
    for (const id of await store.runRecords.stopRequests(server)) this.stop(id);
    if (this.#timer === undefined || performance.now() < this.#settledAt + limits.lostRunRecordsMs) return;
    this.#settledAt = performance.now();
    const lost = await store.runRecords.settleLost(Date.now());
    if (lost > 0) log.warn({ records: lost }, 'ended records of runs of dead servers');
  }

  /** Records the end of a run, unless too many plain runs end at once: the counters know those. */
  #end(record: LiveRecord): void {
    const { run } = record.facts;
    if (this.#live.get(run) === record) this.#live.delete(run);
    this.#load.end(record);
    if (!record.isPlain || ++this.#plain <= limits.plainRunRecordsPerFlush) {
      this.#changed.add(record);
      return;
    }
    this.#changed.delete(record);
    this.#load.drop(record);
  }
}
