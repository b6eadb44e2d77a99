import { limits } from '../../config/limits.ts';
import { createLoadCounters, firstOutputBuckets, type LoadPeak, type LoadRow } from '../../store/load-store.ts';
import type { LiveRecord } from './live-record.ts';

const toSeries = (tenant: string, agent: string, model: string): string => `${tenant}\n${agent}\n${model}`;

const other = 'other';
/** All series beyond the limit. */
const others = toSeries(other, other, other);

const toMinute = (milliseconds: number): number => Math.floor(milliseconds / 60_000) * 60;

/** Counts the load of this server between two flushes. */
export class LoadCounter {
  #minute = 0;
  /** The series of this minute, with their rows since the previous call of `take`. */
  readonly #series = new Map<string, LoadRow | undefined>();
  /** The rows of earlier minutes. */
  #earlier: LoadRow[] = [];
  #queued = 0;
  #running = 0;
  #peak = { running: 0, queued: 0 };

  /** A run waits for its slot. One that gets it immediately does not count. */
  queue(): void {
    this.#raise();
    this.#queued += 1;
  }

  begin(): void {
    this.#queued -= 1;
    this.#running += 1;
    if (this.#running > this.#peak.running) this.#peak.running = this.#running;
  }

  end(record: LiveRecord): void {
    if (record.begunAt === undefined) this.#queued -= 1;
    else this.#running -= 1;
    addRun(this.#rowOf(record), record);
  }

  /** Counts a run whose record is dropped. */
  drop(record: LiveRecord): void {
    this.#rowOf(record).unrecorded += 1;
  }

  /** Returns the counts since the previous call. `now`: Unix milliseconds. */
  take(now: number): { rows: LoadRow[]; peaks: LoadPeak[] } {
    this.#raise();
    const rows = [...this.#earlier, ...this.#current()];
    const { running, queued } = this.#peak;
    this.#earlier = [];
    for (const series of this.#series.keys()) this.#series.set(series, undefined);
    this.#peak = { running: this.#running, queued: this.#queued };
    return { rows, peaks: running + queued > 0 ? [{ minute: toMinute(now), running, queued }] : [] };
  }

  #raise(): void {
    if (this.#queued > this.#peak.queued) this.#peak.queued = this.#queued;
  }

  #current(): LoadRow[] {
    return [...this.#series.values().filter((row) => row !== undefined)];
  }

  /** Returns the row of a run. One of an earlier minute counts as one of this minute. */
  #rowOf({ facts, agent = '', endedAt = 0 }: LiveRecord): LoadRow {
    if (endedAt >= this.#minute * 1000 + 60_000) {
      this.#earlier.push(...this.#current());
      this.#series.clear();
      this.#minute = toMinute(endedAt);
    }
    return this.#find(facts.tenant, agent, facts.model ?? '');
  }

  /** Finds the row of a series, or the row of all series beyond the limit. */
  #find(tenant: string, agent: string, model: string): LoadRow {
    const series = toSeries(tenant, agent, model);
    const found = this.#series.get(series);
    if (found) return found;
    const isKept = this.#series.size < limits.loadSeries || this.#series.has(series) || series === others;
    if (!isKept) return this.#find(other, other, other);
    const row = { minute: this.#minute, tenant, agent, model, ...createLoadCounters() };
    this.#series.set(series, row);
    return row;
  }
}

function addRun(row: LoadRow, record: LiveRecord): void {
  const { end, createdAt, endedAt = createdAt, begunAt, firstOutputAt } = record;
  row.requests += 1;
  if (end?.outcome === 'failed') row.errors += 1;
  if (end?.outcome === 'cancelled') row.cancelled += 1;
  row.inputTokens += end?.inputTokens ?? 0;
  row.outputTokens += end?.outputTokens ?? 0;
  row.toolCalls += record.toolCalls;
  const queuedMs = (begunAt ?? endedAt) - createdAt;
  row.queuedMs += queuedMs;
  row.maxQueuedMs = Math.max(row.maxQueuedMs, queuedMs);
  if (begunAt === undefined || firstOutputAt === undefined) return;
  const found = firstOutputBuckets.findIndex((bound) => firstOutputAt - begunAt <= bound);
  const bucket = found === -1 ? firstOutputBuckets.length : found;
  row.firstOutput[bucket] = (row.firstOutput[bucket] ?? 0) + 1;
}
