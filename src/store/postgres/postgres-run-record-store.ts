import { limits } from '../../config/limits.ts';
import type { FoundResult } from '../found-page.ts';
import type { Awaiting, RunRecord, RunRecordQuery, RunRecordStore, RunSummary } from '../run-record-store.ts';
import type { RunId } from '../run-store.ts';
import { fromTimeCursor, type TimePosition, toTimeCursor } from '../shared/cursors.ts';
import {
  fromRecordRow,
  fromSummaryRow,
  isUnended,
  type RecordRow,
  type SummaryRow,
  toIdPrefixes,
  toRecordRow,
} from '../shared/run-record-rows.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import type { Connection, Parameter } from './connection/connection.ts';
import { runRecordStatements } from './statements/run-record-statements.ts';

const statements = runRecordStatements;

/** Records of runs in one PostgreSQL database. */
export class PostgresRunRecordStore implements RunRecordStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async put(records: readonly RunRecord[]): Promise<void> {
    await this.#connection.rows(statements.put, [JSON.stringify(records.map(toRecordRow))]);
  }

  async get(id: string, now: number): Promise<(RunRecord & Awaiting) | undefined> {
    const row = await this.#connection.row<RecordRow>(statements.find, [id, now]);
    return row && fromRecordRow(row);
  }

  async list(query: RunRecordQuery): Promise<FoundResult<RunSummary & Awaiting>> {
    const before = fromTimeCursor(query.after);
    if (before === undefined) return 'unknown-after';
    const { rows, boundary } = await this.#find(query, before);
    return toFoundPage(rows, {
      limit: query.limit,
      boundary: boundary && toTimeCursor(boundary),
      toCursor: toTimeCursor,
      toEntry: fromSummaryRow,
    });
  }

  async requestStop(id: string): Promise<boolean> {
    return (await this.#connection.row(statements.requestStop, [id])) !== undefined;
  }

  async stopRequests(server: string): Promise<RunId[]> {
    const rows = await this.#connection.rows<{ id: RunId }>(statements.stopRequests, [server]);
    return rows.map(({ id }) => id);
  }

  async settleLost(now: number): Promise<number> {
    const parameters = [now, limits.settledRunRecords];
    return (await this.#connection.row<{ count: number }>(statements.settleLost, parameters))?.count ?? 0;
  }

  async #find(query: RunRecordQuery, { createdAt, id }: TimePosition) {
    const examined = limits.examinedRecords;
    const toParameters = (from: TimePosition | undefined): Parameter[] => [
      ...[createdAt, id, from?.createdAt ?? 0, from?.id ?? ''],
      ...[query.limit + 1, query.now, ...toFilters(query)],
    ];
    const read = (statement: typeof statements.page, parameters: Parameter[]) =>
      this.#connection.rows<SummaryRow>(statement, parameters);
    if (query.awaiting) {
      const rows = await read(statements.awaitingPage, [...toParameters(undefined), examined]);
      return { rows, boundary: undefined };
    }
    const { page, unendedPage, boundary: anyBoundary, unendedBoundary } = statements;
    const [select, bound] = isUnended(query) ? [unendedPage, unendedBoundary] : [page, anyBoundary];
    const boundary = await this.#connection.row<TimePosition>(bound, [createdAt, id, examined]);
    return { rows: await read(select, toParameters(boundary)), boundary };
  }
}

function toFilters(query: RunRecordQuery): Parameter[] {
  const [prefix = '', other = ''] = toIdPrefixes(query);
  return [query.tenant, query.agent, query.model, query.states?.join(','), prefix, other];
}
