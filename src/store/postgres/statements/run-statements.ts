import type { RunId } from '../../run-store.ts';
import { nameStatements } from './name-statements.ts';
import { putResponse } from './response-statements.ts';

/** A run and one row of its log, if there is one. */
export interface LogRow {
  ended: boolean;
  hasLog: boolean;
  /** The number of events in its log. */
  count: number;
  /** The number of the first event of the row. */
  first: number | null;
  /** A sequence of JSON texts. */
  bodies: string | null;
}

const begin = 'begin_run($1, $2, $3, $4, $5, $6, $7)';
const end = 'end_run($1, $2, $3, $4, $5, $6)';
const addWebhooks = 'add_webhooks($7)';

/** SQL: calls functions one after another until one returns false. `AND` guarantees no order. */
const inOrder = (...calls: string[]): string =>
  calls.reduceRight((later, call) => `CASE WHEN ${call} THEN ${later} ELSE false END`);

/**
 * Result of a statement that begins or writes a log. No row or `false`: the run has another owner, its key names
 * another run, or `next` is wrong.
 */
export interface WriteRow {
  done: boolean;
}

/** An append that took effect. */
export interface AppendedRow {
  /** Its position among those of the statement, from 1. */
  position: number;
}

export interface TakenRow {
  tenant: string;
  id: RunId;
  request: string | null;
  attempts: number;
}

/** The steps of one append. */
export interface StepsRow {
  /** A sequence of JSON texts. */
  bodies: string;
  events: number;
}

/** A run of one owner. */
export interface StateRow {
  /** The number of events in its log. */
  events: number;
  isEnded: boolean;
}

/** SQL: whether the run has a visible response. */
const isStored = (run: string) => `EXISTS (
    SELECT 1 FROM responses AS r WHERE r.tenant = ${run}.tenant AND r.id = ${run}.id AND r.used IS NOT NULL)`;

/** SQL: whether an idempotency key names the run. */
const isNamed = 'EXISTS (SELECT 1 FROM idempotency_keys AS k WHERE k.tenant = runs.tenant AND k.id = runs.id)';

export const runStatements = nameStatements('runs', {
  begin: `SELECT ${begin} AS done`,
  beginWithResponse: `SELECT ${inOrder(begin, putResponse(8))} AS done`,
  end: `SELECT ${end} AS done`,
  endWithResponse: `SELECT ${inOrder(end, putResponse(7))} AS done`,
  endWithWebhooks: `SELECT ${inOrder(end, addWebhooks)} AS done`,
  endWithBoth: `SELECT ${inOrder(end, addWebhooks, putResponse(8))} AS done`,

  /** One statement locks the runs, checks them and appends. $1: JSON; $2: sequences separated by U+001D. */
  append: `
    WITH new AS MATERIALIZED (
      SELECT * FROM ROWS FROM (
        json_to_recordset($1::json) AS (tenant text, id text, owner text, count integer, next bigint),
        unnest(string_to_array($2, E'\\x1d'))
      ) WITH ORDINALITY AS new (tenant, id, owner, count, next, bodies, position)
    ), run AS (
      UPDATE runs SET events = runs.events + new.count FROM new
      WHERE runs.tenant = new.tenant AND runs.id = new.id AND runs.owner = new.owner AND runs.ended_at IS NULL
        AND runs.events = coalesce(new.next, runs.events)
      RETURNING runs.key, runs.events - new.count AS first, new.count, new.bodies, new.position
    ), appended AS (
      INSERT INTO run_events (run_key, first, count, bodies)
      SELECT key, first, count, bodies FROM run WHERE count > 0
    )
    SELECT position::integer FROM run`,
  /** Appends to one run, with the steps $7 of the call $8. A repetition of the call adds no steps. */
  appendSteps: `
    WITH run AS (
      UPDATE runs SET events = events + $4::integer, attempts = 1
      WHERE tenant = $1 AND id = $2 AND owner = $3 AND ended_at IS NULL AND events = coalesce($6::bigint, events)
      RETURNING key, events
    ), appended AS (
      INSERT INTO run_events (run_key, first, count, bodies)
      SELECT key, events - $4::integer, $4::integer, $5 FROM run WHERE $4::integer > 0
    ), journalled AS (
      INSERT INTO run_steps (run_key, append, events, bodies) SELECT key, $8::uuid, events, $7 FROM run
      ON CONFLICT (run_key, append) DO NOTHING
    )
    SELECT true AS done FROM run`,
  steps: `
    SELECT own.bodies, own.events FROM runs JOIN run_steps AS own ON own.run_key = runs.key
    WHERE runs.tenant = $1 AND runs.id = $2 ORDER BY own.key`,
  state: `
    SELECT events, ended_at IS NOT NULL AS "isEnded" FROM runs WHERE tenant = $1 AND id = $2 AND owner = $3`,

  /** Reads the rows with events $3 to $3 + $4, up to the row that exceeds $5 bytes. */
  read: `
    SELECT runs.ended_at IS NOT NULL AS ended, runs.has_log AS "hasLog", runs.events AS count, log.first, log.bodies
    FROM runs LEFT JOIN LATERAL (
      SELECT first, bodies FROM (
        SELECT first, bodies,
               sum(octet_length(bodies)) OVER (ORDER BY first ROWS UNBOUNDED PRECEDING) - octet_length(bodies) AS before
        FROM run_events
        WHERE run_key = runs.key AND first < $3::bigint + $4::bigint AND first >= coalesce(
          (SELECT max(first) FROM run_events WHERE run_key = runs.key AND first <= $3::bigint), 0)
      ) AS sized
      WHERE before < $5::bigint
    ) AS log ON true
    WHERE runs.tenant = $1 AND runs.id = $2
    ORDER BY log.first`,

  cancel: `
    UPDATE runs SET cancelled = true WHERE tenant = $1 AND id = $2 AND ended_at IS NULL RETURNING true AS cancelled`,
  cancelled: 'SELECT tenant, id, owner FROM runs WHERE owner = $1 AND ended_at IS NULL AND cancelled ORDER BY key',

  addInput: `
    INSERT INTO run_inputs (run_key, id, input)
    SELECT key, $3, $4 FROM runs WHERE tenant = $1 AND id = $2 AND ended_at IS NULL RETURNING true AS added`,
  takeInputs: `
    WITH taken AS (
      DELETE FROM run_inputs USING runs
      WHERE runs.key = run_key AND runs.owner = $1 AND runs.ended_at IS NULL
      RETURNING run_inputs.key, run_inputs.id, run_inputs.input, runs.id AS run_id
    )
    SELECT id, input, run_id AS "runId" FROM taken ORDER BY key`,

  /** Concurrent calls get different runs. $3: ids separated by commas. */
  takeOrphans: `
    WITH lost AS MATERIALIZED (
      SELECT key FROM runs
      WHERE ended_at IS NULL AND (owner = $1 OR NOT is_alive(owner)) AND id <> ALL (string_to_array($3, ','))
      ORDER BY key LIMIT $2 FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE runs SET owner = $1 FROM lost WHERE runs.key = lost.key
      RETURNING runs.key, runs.tenant, runs.id, runs.attempts
    )
    SELECT tenant, id, attempts, body AS request
    FROM taken LEFT JOIN run_requests ON run_key = taken.key ORDER BY taken.key`,
  setAttempts: `
    UPDATE runs SET attempts = $4 WHERE tenant = $1 AND id = $2 AND owner = $3 AND ended_at IS NULL
    RETURNING true AS done`,

  reap: `
    WITH due AS MATERIALIZED (
      SELECT key, tenant, id FROM runs
      WHERE ended_at < $1 AND has_log AND (${isStored('runs')} OR NOT ${isNamed})
      ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), removed AS (
      DELETE FROM run_events USING due WHERE run_key = due.key
    ), kept AS (
      UPDATE runs SET has_log = false FROM due WHERE runs.key = due.key AND ${isStored('due')}
    ), gone AS (
      DELETE FROM runs USING due WHERE runs.key = due.key AND NOT ${isStored('due')}
    )
    SELECT count(*)::integer AS count FROM due`,
});
