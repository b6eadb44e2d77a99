import { limits } from '../../config/limits.ts';
import type { FoundResult } from '../found-page.ts';
import type { Awaiting, RunRecord, RunRecordQuery, RunRecordStore, RunSummary } from '../run-record-store.ts';
import type { RunId } from '../run-store.ts';
import { toIdPrefixes } from '../shared/run-record-rows.ts';
import { lostRun } from '../shared/run-record-sql.ts';
import type { ReapRequest } from '../store.ts';
import { findExpired } from './bounds/find-expired.ts';
import type { Lifetime } from './lifetime.ts';
import type { MemoryApprovalStore } from './memory-approval-store.ts';
import type { MemoryLeaseStore } from './memory-lease-store.ts';
import { copyRecord, mergeExecution, type RecordEntry } from './merge-execution.ts';
import { toTimePage } from './to-time-page.ts';

export interface MemoryRunRecordStoreParts {
  lifetime: Lifetime;
  leases: MemoryLeaseStore;
  approvals: MemoryApprovalStore;
}

/** Records of runs in the memory of this process: at most `limits.memoryRunRecords`, of which old ended ones are evicted. */
export class MemoryRunRecordStore implements RunRecordStore {
  readonly #parts: MemoryRunRecordStoreParts;
  readonly #entries = new Map<string, RecordEntry>();

  constructor(parts: MemoryRunRecordStoreParts) {
    this.#parts = parts;
  }

  async put(records: readonly RunRecord[]): Promise<void> {
    this.#parts.lifetime.assertOpen();
    for (const record of records) this.#entries.set(record.id, mergeExecution(this.#entries.get(record.id), record));
    this.#evict();
  }

  async get(id: string, now: number): Promise<(RunRecord & Awaiting) | undefined> {
    this.#parts.lifetime.assertOpen();
    const entry = this.#entries.get(id);
    return entry && { ...copyRecord(entry.record), pendingApprovals: this.#countPending(entry.record, now) };
  }

  async list(query: RunRecordQuery): Promise<FoundResult<RunSummary & Awaiting>> {
    this.#parts.lifetime.assertOpen();
    const runs = this.#entries.values().map(({ record: { calls, ...summary } }) => ({
      ...summary,
      pendingApprovals: this.#countPending(summary, query.now),
    }));
    return toTimePage(
      runs.filter((run) => isSelected(run, query)),
      query,
    );
  }

  async requestStop(id: string): Promise<boolean> {
    this.#parts.lifetime.assertOpen();
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.record.endedAt !== undefined) return false;
    entry.isStopRequested = true;
    return true;
  }

  async stopRequests(server: string): Promise<RunId[]> {
    return this.#unended(({ record, isStopRequested }) => isStopRequested && record.server === server).map(
      ({ record }) => record.id,
    );
  }

  async settleLost(now: number): Promise<number> {
    const lost = this.#unended(({ record }) => !this.#parts.leases.isAlive(record.server));
    for (const entry of lost) {
      const error = { errorCode: lostRun.code, errorMessage: lostRun.message };
      entry.record = { ...entry.record, state: 'failed', endedAt: now, ...error };
    }
    return lost.length;
  }

  /** Removes old records of ended runs and returns their number. */
  reap({ recordsBefore = 0, limit }: ReapRequest): number {
    const old = findExpired(
      this.#entries.values(),
      ({ record }) => (record.endedAt === undefined ? undefined : record.createdAt),
      { now: recordsBefore * 1000 - 1, limit: limit * limits.smallRowsReaped },
    );
    for (const { record } of old) this.#entries.delete(record.id);
    return old.length;
  }

  clear(): void {
    this.#entries.clear();
  }

  #countPending({ tenant, id }: RunSummary, now: number): number {
    return this.#parts.approvals.countPending(tenant, id, now);
  }

  #unended(matches: (entry: RecordEntry) => boolean): RecordEntry[] {
    this.#parts.lifetime.assertOpen();
    return this.#entries
      .values()
      .filter((entry) => entry.record.endedAt === undefined && matches(entry))
      .toArray();
  }

  #evict(): void {
    let excess = this.#entries.size - limits.memoryRunRecords;
    if (excess <= 0) return;
    for (const [id, { record }] of this.#entries) {
      if (record.endedAt === undefined) continue;
      this.#entries.delete(id);
      excess -= 1;
      if (excess === 0) return;
    }
  }
}

function isSelected(row: RunSummary & Awaiting, query: RunRecordQuery): boolean {
  const { states, tenant, agent, model, awaiting } = query;
  return (
    (states === undefined || states.includes(row.state)) &&
    (tenant === undefined || row.tenant === tenant) &&
    (agent === undefined || row.agent === agent) &&
    (model === undefined || row.model === model) &&
    (!awaiting || row.pendingApprovals > 0) &&
    toIdPrefixes(query).every((prefix) => row.id.startsWith(prefix))
  );
}
