import type { Database } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { FoundResult } from '../found-page.ts';
import type { Awaiting, RunRecord, RunRecordQuery, RunRecordStore, RunSummary } from '../run-record-store.ts';
import type { RunId } from '../run-store.ts';
import { fromTimeCursor, type TimePosition, toTimeCursor } from '../shared/cursors.ts';
import { toExactText } from '../shared/exact-text.ts';
import {
  fromRecordRow,
  fromSummaryRow,
  isUnended,
  type SummaryRow,
  toIdPrefixes,
  toRecordRow,
} from '../shared/run-record-rows.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import type { ReapRequest } from '../store.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';
import {
  prepareRunRecordStatements,
  type RecordFilters,
  type RunRecordStatements,
} from './statements/run-record-statements.ts';

/** Records of runs in one SQLite database. */
export class SqliteRunRecordStore implements RunRecordStore {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #statements: RunRecordStatements;

  constructor(database: Database, connection: Connection, commits: GroupCommit) {
    this.#connection = connection;
    this.#commits = commits;
    this.#statements = prepareRunRecordStatements(database);
  }

  async put(records: readonly RunRecord[]): Promise<void> {
    const rows = records.map(toRecordRow);
    await this.#commits.add(() => {
      for (const row of rows) this.#statements.put.run(row);
    });
  }

  async get(id: string, now: number): Promise<(RunRecord & Awaiting) | undefined> {
    const row = this.#connection.read(() => this.#statements.find.get({ id, now }));
    return row && fromRecordRow(row);
  }

  async list(query: RunRecordQuery): Promise<FoundResult<RunSummary & Awaiting>> {
    const before = fromTimeCursor(query.after);
    if (before === undefined) return 'unknown-after';
    const { rows, boundary } = this.#connection.read(() => this.#find(query, before));
    return toFoundPage(rows, {
      limit: query.limit,
      boundary: boundary && toTimeCursor(boundary),
      toCursor: toTimeCursor,
      toEntry: fromSummaryRow,
    });
  }

  async requestStop(id: string): Promise<boolean> {
    return this.#connection.write(() => this.#statements.requestStop.run({ id }).changes > 0);
  }

  async stopRequests(server: string): Promise<RunId[]> {
    return this.#connection.read(() => this.#statements.stopRequests.all({ server }));
  }

  async settleLost(now: number): Promise<number> {
    const limit = limits.settledRunRecords;
    return this.#connection.write(() => this.#statements.settleLost.run({ now, limit }).changes);
  }

  /** Removes old records of ended runs and returns their number. */
  reap({ recordsBefore = 0, limit }: ReapRequest): number {
    const request = { before: recordsBefore * 1000, limit: limit * limits.smallRowsReaped };
    return this.#connection.write(() => this.#statements.deleteOld.run(request).changes);
  }

  #find(query: RunRecordQuery, before: TimePosition): { rows: SummaryRow[]; boundary: TimePosition | undefined } {
    const { page, unendedPage, awaitingPage, boundary, unendedBoundary } = this.#statements;
    const examined = limits.examinedRecords;
    const selected = { ...toFilters(query), ...before, limit: query.limit + 1 };
    if (query.awaiting) {
      const rows = awaitingPage.all({ ...selected, fromCreatedAt: 0, fromId: '', examined });
      return { rows, boundary: undefined };
    }
    const last = (isUnended(query) ? unendedBoundary : boundary).get({ ...before, examined });
    const from = { fromCreatedAt: last?.createdAt ?? 0, fromId: last?.id ?? '' };
    return { rows: (isUnended(query) ? unendedPage : page).all({ ...selected, ...from }), boundary: last };
  }
}

const toFilters = (query: RunRecordQuery): RecordFilters => ({
  tenant: query.tenant ?? null,
  agent: query.agent === undefined ? null : toExactText(query.agent),
  model: query.model === undefined ? null : toExactText(query.model),
  states: query.states === undefined ? null : JSON.stringify(query.states),
  prefixes: JSON.stringify(toIdPrefixes(query)),
  now: query.now,
});
