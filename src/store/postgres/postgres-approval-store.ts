import { limits } from '../../config/limits.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ApprovalAnswer, ApprovalQuery, ApprovalStore, NewApproval, StoredApproval } from '../approval-store.ts';
import type { FoundResult } from '../found-page.ts';
import type { RunId } from '../run-store.ts';
import { hasStatus } from '../shared/approval-sql.ts';
import { fromTimeCursor, type TimePosition, toTimeCursor } from '../shared/cursors.ts';
import { fromExactText } from '../shared/exact-text.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import type { NewWebhook } from '../webhook-store.ts';
import type { Connection } from './connection/connection.ts';
import type { PostgresWebhookStore } from './postgres-webhook-store.ts';
import { nameStatements } from './statements/name-statements.ts';

interface ApprovalRow extends Omit<NewApproval, 'state' | 'server' | 'tool'> {
  server: string | null;
  tool: string | null;
  /** JSON. */
  state: string | null;
  /** Null: pending, like the columns below. */
  approve: boolean | null;
  reason: string | null;
  usedBy: RunId | null;
  answeredAt: number | null;
}

const columns = `
  tenant, id, run_id AS "runId", hash, created_at AS "createdAt", expires_at AS "expiresAt", server, tool, state,
  approve, reason, used_by AS "usedBy", answered_at AS "answeredAt"`;

const ask = `
    INSERT INTO approvals (tenant, id, run_id, hash, created_at, expires_at, server, tool, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, id) DO NOTHING`;

export const approvalStatements = nameStatements('approvals', {
  ask,
  askWithWebhooks: `
    WITH asked AS (${ask} RETURNING 1)
    SELECT add_webhooks($10) FROM asked`,
  find: `
    SELECT ${columns} FROM approvals WHERE tenant = $1 AND id = $2`,
  list: `
    SELECT ${columns} FROM approvals WHERE tenant = $1 AND id = ANY (string_to_array($2, ','))`,
  /** A concurrent answer waits for the first and checks the committed row. A repetition keeps the first answer. */
  answer: `
    UPDATE approvals
    SET approve = $3, used_by = $5, answered_at = coalesce(answered_at, $6::bigint),
        reason = CASE WHEN used_by IS NULL THEN $4 ELSE reason END
    WHERE tenant = $1 AND id = $2
      AND ((used_by IS NULL AND expires_at > $6::bigint) OR (used_by = $5 AND approve = $3))
    RETURNING true AS done`,
  findAny: `
    SELECT ${columns} FROM approvals WHERE id = $1`,
  boundary: `
    SELECT created_at AS "createdAt", id FROM approvals WHERE (created_at, id) < ($1::bigint, $2)
    ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET $3::bigint - 1`,
  page: `
    SELECT ${columns} FROM approvals
    WHERE (created_at, id) < ($1::bigint, $2) AND (created_at, id) >= ($3::bigint, $4)
      AND ($5::text IS NULL OR tenant = $5) AND ($6::text IS NULL OR run_id = $6)
      AND ${hasStatus('$7::text', '$8::bigint')}
    ORDER BY created_at DESC, id DESC LIMIT $9::bigint`,
  reap: `
    WITH due AS MATERIALIZED (
      SELECT tenant, id FROM approvals
      WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (
      DELETE FROM approvals AS own USING due WHERE own.tenant = due.tenant AND own.id = due.id RETURNING 1
    )
    SELECT count(*)::integer AS count FROM deleted`,
});

/** Approvals in one PostgreSQL database. */
export class PostgresApprovalStore implements ApprovalStore {
  readonly #connection: Connection;
  readonly #webhooks: PostgresWebhookStore;

  constructor(connection: Connection, webhooks: PostgresWebhookStore) {
    this.#connection = connection;
    this.#webhooks = webhooks;
  }

  async ask(approval: NewApproval, webhooks: readonly NewWebhook[] = []): Promise<void> {
    const { tenant, id, runId, hash, createdAt, expiresAt, server, tool, state } = approval;
    const parameters = [tenant, id, runId, hash, createdAt, expiresAt, server, tool, state];
    if (webhooks.length === 0) return void (await this.#connection.rows(approvalStatements.ask, parameters));
    await this.#connection.rows(approvalStatements.askWithWebhooks, [...parameters, JSON.stringify(webhooks)]);
    this.#webhooks.notify();
  }

  async get(tenant: string, id: string): Promise<StoredApproval | undefined> {
    const row = await this.#connection.row<ApprovalRow>(approvalStatements.find, [tenant, id]);
    return row && toStored(row);
  }

  async list(tenant: string, ids: readonly string[]): Promise<StoredApproval[]> {
    return (await this.#connection.rows<ApprovalRow>(approvalStatements.list, [tenant, ids.join(',')])).map(toStored);
  }

  async answer(tenant: string, id: string, { approve, reason, runId, now }: ApprovalAnswer): Promise<boolean> {
    const parameters = [tenant, id, approve, reason, runId, now];
    return (await this.#connection.row(approvalStatements.answer, parameters)) !== undefined;
  }

  async find(id: string): Promise<StoredApproval | undefined> {
    const row = await this.#connection.row<ApprovalRow>(approvalStatements.findAny, [id]);
    return row && toStored(row);
  }

  async listAll(query: ApprovalQuery): Promise<FoundResult<StoredApproval>> {
    const before = fromTimeCursor(query.after);
    if (before === undefined) return 'unknown-after';
    const { limit, status, now, tenant, runId } = query;
    const { createdAt, id } = before;
    const examined = [createdAt, id, limits.examinedRecords];
    const last = await this.#connection.row<TimePosition>(approvalStatements.boundary, examined);
    const range = [createdAt, id, last?.createdAt ?? 0, last?.id ?? ''];
    const parameters = [...range, tenant, runId, status, now, limit + 1];
    const rows = await this.#connection.rows<ApprovalRow>(approvalStatements.page, parameters);
    const boundary = last && toTimeCursor(last);
    return toFoundPage(rows, { limit, boundary, toCursor: toTimeCursor, toEntry: toStored });
  }
}

function toStored({ approve, reason, usedBy, answeredAt, state, server, tool, ...row }: ApprovalRow): StoredApproval {
  const names = omitUndefined({ server: server && fromExactText(server), tool: tool && fromExactText(tool) });
  const approval = { ...row, ...names, ...(state === null ? {} : { state }) };
  if (approve === null || usedBy === null || answeredAt === null) return approval;
  const text = reason === null ? undefined : fromExactText(reason);
  return { ...approval, answer: { approve, reason: text, usedBy, answeredAt } };
}
