import type { Load, LoadFlush, LoadQuery, LoadStore } from '../load-store.ts';
import {
  type LoadBucketRow,
  labelColumns,
  loadColumns,
  sumCounters,
  summedColumns,
  toLoadBucket,
  toLoadRange,
  toLoadValues,
} from '../shared/load-rows.ts';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

const start = 'minute - minute % $3::bigint';
const isInRange = 'minute >= $1 AND minute < $2';
const types = loadColumns.map((column) => `${column} ${isLabel(column) ? 'text' : 'bigint'}`).join(', ');

function isLabel(column: string): boolean {
  return labelColumns.includes(column) && column !== 'minute';
}

export const loadStatements = nameStatements('load', {
  /**
   * $4, $5: JSON arrays of rows and peaks, sorted, so that two servers never lock the same rows in different orders. Adds
   * nothing for a flush that was added before.
   */
  add: `
    WITH flush AS (
      INSERT INTO load_flushes AS own VALUES ($1, $2, $3)
      ON CONFLICT (server) DO UPDATE SET number = excluded.number, at = excluded.at WHERE own.number < excluded.number
      RETURNING server
    ), raised AS (
      INSERT INTO load_peaks AS own
      SELECT minute, server, running, queued
      FROM flush, json_to_recordset($5::json) AS peak (minute bigint, running integer, queued integer)
      ORDER BY minute
      ON CONFLICT (minute, server) DO UPDATE
        SET running = greatest(own.running, excluded.running), queued = greatest(own.queued, excluded.queued)
    )
    INSERT INTO load_rows AS own (${loadColumns.join(', ')})
    SELECT ${loadColumns.map((column) => `row.${column}`).join(', ')}
    FROM flush, json_to_recordset($4::json) AS row (${types})
    ORDER BY minute, tenant, agent, model
    ON CONFLICT (${labelColumns.join(', ')}) DO UPDATE SET
      ${summedColumns.map((column) => `${column} = own.${column} + excluded.${column}`).join(', ')},
      max_queued_ms = greatest(own.max_queued_ms, excluded.max_queued_ms)`,

  buckets: `
    SELECT ${start} AS start, agent, ${sumCounters('::bigint')} FROM load_rows
    WHERE ${isInRange} AND ($4::text IS NULL OR tenant = $4) GROUP BY 1, 2 ORDER BY 1, 2`,
  peaks: `
    SELECT ${start} AS start, max(running)::integer AS running, max(queued)::integer AS queued FROM (
      SELECT minute, sum(running) AS running, sum(queued) AS queued FROM load_peaks WHERE ${isInRange} GROUP BY minute
    ) AS minutes GROUP BY 1 ORDER BY 1`,

  reap: `
    WITH due AS MATERIALIZED (
      SELECT minute, tenant, agent, model FROM load_rows
      WHERE minute < $1 ORDER BY minute LIMIT $2 FOR UPDATE SKIP LOCKED
    ), rows_deleted AS (
      DELETE FROM load_rows AS own USING due
      WHERE own.minute = due.minute AND own.tenant = due.tenant AND own.agent = due.agent AND own.model = due.model
      RETURNING 1
    ), peaks_due AS MATERIALIZED (
      SELECT minute, server FROM load_peaks WHERE minute < $1 ORDER BY minute LIMIT $2 FOR UPDATE SKIP LOCKED
    ), peaks_deleted AS (
      DELETE FROM load_peaks AS own USING peaks_due AS due
      WHERE own.minute = due.minute AND own.server = due.server RETURNING 1
    ), flushes_deleted AS (
      DELETE FROM load_flushes WHERE at < $1
    )
    SELECT ((SELECT count(*) FROM rows_deleted) + (SELECT count(*) FROM peaks_deleted))::integer AS count`,
});

/** Load counters in one PostgreSQL database. */
export class PostgresLoadStore implements LoadStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add({ server, number, at, rows, peaks }: LoadFlush): Promise<void> {
    const contents = [JSON.stringify(rows.map(toLoadValues)), JSON.stringify(peaks)];
    await this.#connection.rows(loadStatements.add, [server, number, at, ...contents]);
  }

  async read(query: LoadQuery): Promise<Load> {
    const { from, to, seconds, tenant } = toLoadRange(query);
    const range = [from, to, seconds];
    const [buckets, peaks] = await Promise.all([
      this.#connection.rows<LoadBucketRow>(loadStatements.buckets, [...range, tenant]),
      this.#connection.rows<Load['peaks'][number]>(loadStatements.peaks, range),
    ]);
    return { buckets: buckets.map(toLoadBucket), peaks };
  }
}
