import type { Database, Statement } from 'better-sqlite3';
import type { RunId } from '../../run-store.ts';
import type { TimePosition } from '../../shared/cursors.ts';
import type { NewRecordRow, RecordRow, SummaryRow } from '../../shared/run-record-rows.ts';
import {
  allCalls,
  mergeRecord,
  pendingApprovals,
  putColumns,
  setLost,
  summaryColumns,
} from '../../shared/run-record-sql.ts';
import { isAlive } from './lease-statements.ts';

/** Null selects all. */
export interface RecordFilters {
  tenant: string | null;
  agent: string | null;
  model: string | null;
  /** A JSON array. */
  states: string | null;
  /** A JSON array of beginnings of the id. */
  prefixes: string;
  /** Unix seconds. */
  now: number;
}

/** The records before a position, down to another. */
interface Range extends RecordFilters, TimePosition {
  fromCreatedAt: number;
  fromId: string;
  limit: number;
}

interface Bounded extends TimePosition {
  examined: number;
}

export interface RunRecordStatements {
  put: Statement<NewRecordRow>;
  find: Statement<{ id: string; now: number }, RecordRow>;
  boundary: Statement<Bounded, TimePosition>;
  unendedBoundary: Statement<Bounded, TimePosition>;
  page: Statement<Range, SummaryRow>;
  unendedPage: Statement<Range, SummaryRow>;
  awaitingPage: Statement<Range & { examined: number }, SummaryRow>;
  requestStop: Statement<{ id: string }>;
  stopRequests: Statement<{ server: string }, RunId>;
  settleLost: Statement<{ now: number; limit: number }>;
  deleteOld: Statement<{ before: number; limit: number }>;
}

const columns = `${summaryColumns}, ${pendingApprovals('@now')}`;

const isSelected = `
  (@tenant IS NULL OR own.tenant = @tenant) AND (@agent IS NULL OR own.agent = @agent)
  AND (@model IS NULL OR own.model = @model)
  AND (@states IS NULL OR own.state IN (SELECT value FROM json_each(@states)))
  AND NOT EXISTS (SELECT 1 FROM json_each(@prefixes) WHERE substr(own.id, 1, length(value)) <> value)
  AND (own.created_at, own.id) < (@createdAt, @id) AND (own.created_at, own.id) >= (@fromCreatedAt, @fromId)`;

const newestFirst = 'ORDER BY own.created_at DESC, own.id DESC';

const page = (scope: string) => `
  SELECT ${columns} FROM run_records AS own WHERE ${scope} AND ${isSelected} ${newestFirst} LIMIT @limit`;

const boundary = (scope: string) => `
  SELECT created_at AS createdAt, id FROM run_records AS own
  WHERE ${scope} AND (created_at, id) < (@createdAt, @id) ${newestFirst} LIMIT 1 OFFSET @examined - 1`;

/** Prepares the statements of the store of run records. */
export function prepareRunRecordStatements(database: Database): RunRecordStatements {
  return { ...prepareReads(database), ...prepareWrites(database) };
}

function prepareReads(database: Database) {
  return {
    find: database.prepare<{ id: string; now: number }, RecordRow>(`
      SELECT ${columns}, ${allCalls} FROM run_records AS own WHERE own.id = @id`),
    boundary: database.prepare<Bounded, TimePosition>(boundary('true')),
    unendedBoundary: database.prepare<Bounded, TimePosition>(boundary('ended_at IS NULL')),
    page: database.prepare<Range, SummaryRow>(page('true')),
    unendedPage: database.prepare<Range, SummaryRow>(page('own.ended_at IS NULL')),
    /** The pending approvals are few: it starts with them. */
    awaitingPage: database.prepare<Range & { examined: number }, SummaryRow>(`
      WITH asking AS MATERIALIZED (
        SELECT DISTINCT tenant, run_id FROM approvals WHERE used_by IS NULL AND expires_at > @now LIMIT @examined
      )
      SELECT ${columns} FROM asking CROSS JOIN run_records AS own
      WHERE own.id = asking.run_id AND own.tenant = asking.tenant AND ${isSelected} ${newestFirst} LIMIT @limit`),
    stopRequests: database
      .prepare<{ server: string }, RunId>(`
      SELECT id FROM run_records WHERE server = @server AND stop_requested = 1 AND ended_at IS NULL`)
      .pluck(),
  };
}

function prepareWrites(database: Database) {
  return {
    put: database.prepare<NewRecordRow>(`
      INSERT INTO run_records AS own (${putColumns}) VALUES (
        @id, @tenant, @server, @state, @executedAt, @executedAt, @begunAt, @firstOutputAt, @endedAt, @agent, @model,
        @isBackground, @isDetached, @isCompaction, @requestId, @attempt, @modelCalls, @toolCalls, @inputTokens,
        @outputTokens, @reason, @errorCode, @errorMessage, @calls
      ) ${mergeRecord}`),
    requestStop: database.prepare<{ id: string }>(
      'UPDATE run_records SET stop_requested = 1 WHERE id = @id AND ended_at IS NULL',
    ),
    settleLost: database.prepare<{ now: number; limit: number }>(`
      UPDATE run_records SET ${setLost('@now')} WHERE key IN (
        SELECT key FROM run_records WHERE ended_at IS NULL AND NOT ${isAlive('run_records.server')} LIMIT @limit
      )`),
    deleteOld: database.prepare<{ before: number; limit: number }>(`
      DELETE FROM run_records WHERE key IN (
        SELECT key FROM run_records WHERE created_at < @before AND ended_at IS NOT NULL
        ORDER BY created_at, id LIMIT @limit
      )`),
  };
}
