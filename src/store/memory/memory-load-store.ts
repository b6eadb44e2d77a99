import { limits } from '../../config/limits.ts';
import {
  createLoadCounters,
  type Load,
  type LoadBucket,
  type LoadFlush,
  type LoadPeak,
  type LoadQuery,
  type LoadRow,
  type LoadStore,
} from '../load-store.ts';
import { addCounters, toLoadRange } from '../shared/load-rows.ts';
import type { ReapRequest } from '../store.ts';
import type { Lifetime } from './lifetime.ts';

/** Load counters in the memory of this process. */
export class MemoryLoadStore implements LoadStore {
  readonly #lifetime: Lifetime;
  readonly #rows = new Map<string, LoadRow>();
  readonly #peaks = new Map<string, LoadPeak>();
  /** The number of the last flush of each server. */
  readonly #flushes = new Map<string, number>();

  constructor(lifetime: Lifetime) {
    this.#lifetime = lifetime;
  }

  async add({ server, number, rows, peaks }: LoadFlush): Promise<void> {
    this.#lifetime.assertOpen();
    if (number <= (this.#flushes.get(server) ?? 0)) return;
    this.#flushes.set(server, number);
    for (const row of rows) this.#addRow(row);
    for (const peak of peaks) this.#raise(server, peak);
  }

  async read(query: LoadQuery): Promise<Load> {
    this.#lifetime.assertOpen();
    const { from, to, seconds, tenant } = toLoadRange(query);
    const isInRange = ({ minute }: { minute: number }) => minute >= from && minute < to;
    const rows = this.#rows.values().filter((row) => tenant === undefined || row.tenant === tenant);
    return {
      buckets: toBuckets(rows.filter(isInRange), seconds),
      peaks: toPeaks(this.#peaks.values().filter(isInRange), seconds),
    };
  }

  /** Removes old rows and returns their number. */
  reap({ now }: ReapRequest): number {
    const before = now - limits.loadSeconds;
    return removeBefore(this.#rows, before) + removeBefore(this.#peaks, before);
  }

  clear(): void {
    for (const part of [this.#rows, this.#peaks, this.#flushes]) part.clear();
  }

  #addRow(row: LoadRow): void {
    const { minute, tenant, agent, model } = row;
    const key = JSON.stringify([minute, tenant, agent, model]);
    const sum = this.#rows.get(key) ?? { minute, tenant, agent, model, ...createLoadCounters() };
    addCounters(sum, row);
    this.#rows.set(key, sum);
  }

  #raise(server: string, { minute, running, queued }: LoadPeak): void {
    const key = JSON.stringify([minute, server]);
    const peak = this.#peaks.get(key) ?? { minute, running: 0, queued: 0 };
    peak.running = Math.max(peak.running, running);
    peak.queued = Math.max(peak.queued, queued);
    this.#peaks.set(key, peak);
  }
}

const toStart = (minute: number, seconds: number): number => minute - (minute % seconds);

function toBuckets(rows: Iterable<LoadRow>, seconds: number): LoadBucket[] {
  const buckets = new Map<string, LoadBucket>();
  for (const row of rows) {
    const start = toStart(row.minute, seconds);
    const key = JSON.stringify([start, row.agent]);
    const bucket = buckets.get(key) ?? { start, agent: row.agent, ...createLoadCounters() };
    addCounters(bucket, row);
    buckets.set(key, bucket);
  }
  return [...buckets.values()].sort((one, other) => one.start - other.start || (one.agent < other.agent ? -1 : 1));
}

function toPeaks(peaks: Iterable<LoadPeak>, seconds: number): Load['peaks'] {
  const sums = new Map<number, LoadPeak>();
  for (const { minute, running, queued } of peaks) {
    const sum = sums.get(minute) ?? { minute, running: 0, queued: 0 };
    sums.set(minute, { minute, running: sum.running + running, queued: sum.queued + queued });
  }
  const buckets = new Map<number, Load['peaks'][number]>();
  for (const { minute, running, queued } of sums.values()) {
    const start = toStart(minute, seconds);
    const { running: most = 0, queued: mostQueued = 0 } = buckets.get(start) ?? {};
    buckets.set(start, { start, running: Math.max(most, running), queued: Math.max(mostQueued, queued) });
  }
  return [...buckets.values()].sort((one, other) => one.start - other.start);
}

function removeBefore(entries: Map<string, { minute: number }>, before: number): number {
  let count = 0;
  for (const [key, { minute }] of entries) {
    if (minute >= before) continue;
    entries.delete(key);
    count += 1;
  }
  return count;
}
