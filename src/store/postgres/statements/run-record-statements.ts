import {
  allCalls,
  mergeRecord,
  pendingApprovals,
  putColumns,
  setLost,
  summaryColumns,
} from '../../shared/run-record-sql.ts';
import { nameStatements } from './name-statements.ts';

/** The parameters of a page: $1, $2 the position before it, $3, $4 the last one, $5 the limit, $6 the time, filters. */
const isSelected = `
  ($7::text IS NULL OR own.tenant = $7) AND ($8::text IS NULL OR own.agent = $8)
  AND ($9::text IS NULL OR own.model = $9) AND ($10::text IS NULL OR own.state = ANY (string_to_array($10, ',')))
  AND starts_with(own.id, $11) AND starts_with(own.id, $12)
  AND (own.created_at, own.id) < ($1::bigint, $2) AND (own.created_at, own.id) >= ($3::bigint, $4)`;

const newestFirst = 'ORDER BY own.created_at DESC, own.id DESC';

const page = (scope: string) => `
  SELECT ${summaryColumns}, ${pendingApprovals('$6::bigint')} FROM run_records AS own
  WHERE ${scope} AND ${isSelected} ${newestFirst} LIMIT $5::bigint`;

const boundary = (scope: string) => `
  SELECT own.created_at AS "createdAt", own.id FROM run_records AS own
  WHERE ${scope} AND (own.created_at, own.id) < ($1::bigint, $2) ${newestFirst} LIMIT 1 OFFSET $3::bigint - 1`;

export const runRecordStatements = nameStatements('run_records', {
  /** $1: a JSON array of rows. Sorted, so that two servers never lock the same rows in different orders. */
  put: `
    INSERT INTO run_records AS own (${putColumns})
    SELECT id, tenant, server, state, "executedAt", "executedAt", "begunAt", "firstOutputAt", "endedAt", agent, model,
           "isBackground" = 1, "isDetached" = 1, "isCompaction" = 1, "requestId", attempt, "modelCalls", "toolCalls",
           "inputTokens", "outputTokens", reason, "errorCode", "errorMessage", calls
    FROM json_to_recordset($1::json) AS row (
      id text, tenant text, server text, state text, "executedAt" bigint, "begunAt" bigint, "firstOutputAt" bigint,
      "endedAt" bigint, agent text, model text, "isBackground" integer, "isDetached" integer, "isCompaction" integer,
      "requestId" text, attempt integer, "modelCalls" integer, "toolCalls" integer, "inputTokens" bigint,
      "outputTokens" bigint, reason text, "errorCode" text, "errorMessage" text, calls text
    )
    ORDER BY id ${mergeRecord}`,

  find: `
    SELECT ${summaryColumns}, ${pendingApprovals('$2::bigint')}, ${allCalls} FROM run_records AS own WHERE own.id = $1`,

  boundary: boundary('true'),
  unendedBoundary: boundary('own.ended_at IS NULL'),
  page: page('true'),
  unendedPage: page('own.ended_at IS NULL'),
  /** The pending approvals are few: it starts with them, at most $13. */
  awaitingPage: `
    WITH asking AS MATERIALIZED (
      SELECT DISTINCT tenant, run_id FROM approvals WHERE used_by IS NULL AND expires_at > $6::bigint LIMIT $13::bigint
    )
    SELECT ${summaryColumns}, ${pendingApprovals('$6::bigint')}
    FROM asking CROSS JOIN LATERAL (
      SELECT * FROM run_records WHERE id = asking.run_id AND tenant = asking.tenant LIMIT 1
    ) AS own
    WHERE ${isSelected} ${newestFirst} LIMIT $5::bigint`,

  requestStop: 'UPDATE run_records SET stop_requested = true WHERE id = $1 AND ended_at IS NULL RETURNING true AS done',
  stopRequests: 'SELECT id FROM run_records WHERE server = $1 AND stop_requested AND ended_at IS NULL',
  settleLost: `
    WITH lost AS MATERIALIZED (
      SELECT id FROM run_records WHERE ended_at IS NULL AND NOT is_alive(server) LIMIT $2 FOR UPDATE SKIP LOCKED
    ), settled AS (
      UPDATE run_records AS own SET ${setLost('$1::bigint')} FROM lost WHERE own.id = lost.id RETURNING 1
    )
    SELECT count(*)::integer AS count FROM settled`,
  reap: `
    WITH due AS MATERIALIZED (
      SELECT id FROM run_records WHERE created_at < $1 AND ended_at IS NOT NULL
      ORDER BY created_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (DELETE FROM run_records AS own USING due WHERE own.id = due.id RETURNING 1)
    SELECT count(*)::integer AS count FROM deleted`,
});
