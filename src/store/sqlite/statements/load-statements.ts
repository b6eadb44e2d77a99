import type { Database, Statement } from 'better-sqlite3';
import type { LoadPeak } from '../../load-store.ts';
import { type LoadBucketRow, labelColumns, loadColumns, sumCounters, summedColumns } from '../../shared/load-rows.ts';

interface Range {
  from: number;
  to: number;
  seconds: number;
}

export interface PeakRow {
  start: number;
  running: number;
  queued: number;
}

export interface LoadStatements {
  /** Changes no row for a flush that was added before. */
  begin: Statement<{ server: string; number: number; at: number }>;
  add: Statement<Record<string, string | number>>;
  raise: Statement<LoadPeak & { server: string }>;
  buckets: Statement<Range & { tenant: string | null }, LoadBucketRow>;
  peaks: Statement<Range, PeakRow>;
  deleteOldRows: Statement<{ before: number; limit: number }>;
  deleteOldPeaks: Statement<{ before: number; limit: number }>;
  deleteOldFlushes: Statement<{ before: number }>;
}

const start = 'minute - minute % @seconds';
const isInRange = 'minute >= @from AND minute < @to';

/** Prepares the statements of the load store. */
export function prepareLoadStatements(database: Database): LoadStatements {
  return { ...prepareReads(database), ...prepareWrites(database), ...prepareDeletions(database) };
}

function prepareReads(database: Database) {
  return {
    buckets: database.prepare<Range & { tenant: string | null }, LoadBucketRow>(`
      SELECT ${start} AS start, agent, ${sumCounters()} FROM load_rows
      WHERE ${isInRange} AND (@tenant IS NULL OR tenant = @tenant) GROUP BY 1, 2 ORDER BY 1, 2`),
    peaks: database.prepare<Range, PeakRow>(`
      SELECT ${start} AS start, max(running) AS running, max(queued) AS queued FROM (
        SELECT minute, sum(running) AS running, sum(queued) AS queued FROM load_peaks
        WHERE ${isInRange} GROUP BY minute
      ) AS minutes GROUP BY 1 ORDER BY 1`),
  };
}

function prepareWrites(database: Database) {
  return {
    begin: database.prepare<{ server: string; number: number; at: number }>(`
      INSERT INTO load_flushes VALUES (@server, @number, @at)
      ON CONFLICT (server) DO UPDATE SET number = excluded.number, at = excluded.at WHERE number < excluded.number`),
    add: database.prepare<Record<string, string | number>>(`
      INSERT INTO load_rows AS own (${loadColumns.join(', ')})
      VALUES (${loadColumns.map((column) => `@${column}`).join(', ')})
      ON CONFLICT (${labelColumns.join(', ')}) DO UPDATE SET
        ${summedColumns.map((column) => `${column} = own.${column} + excluded.${column}`).join(', ')},
        max_queued_ms = max(own.max_queued_ms, excluded.max_queued_ms)`),
    raise: database.prepare<LoadPeak & { server: string }>(`
      INSERT INTO load_peaks AS own VALUES (@minute, @server, @running, @queued)
      ON CONFLICT (minute, server) DO UPDATE
        SET running = max(own.running, excluded.running), queued = max(own.queued, excluded.queued)`),
  };
}

function prepareDeletions(database: Database) {
  return {
    deleteOldRows: database.prepare<{ before: number; limit: number }>(`
      DELETE FROM load_rows WHERE (minute, tenant, agent, model) IN (
        SELECT minute, tenant, agent, model FROM load_rows WHERE minute < @before ORDER BY minute LIMIT @limit
      )`),
    deleteOldPeaks: database.prepare<{ before: number; limit: number }>(`
      DELETE FROM load_peaks WHERE (minute, server) IN (
        SELECT minute, server FROM load_peaks WHERE minute < @before ORDER BY minute LIMIT @limit
      )`),
    /** One row for each server. */
    deleteOldFlushes: database.prepare<{ before: number }>('DELETE FROM load_flushes WHERE at < @before'),
  };
}
