import type { Database } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ApprovalAnswer, ApprovalQuery, ApprovalStore, NewApproval, StoredApproval } from '../approval-store.ts';
import type { FoundResult } from '../found-page.ts';
import { fromTimeCursor, toTimeCursor } from '../shared/cursors.ts';
import { fromExactText, toExactText } from '../shared/exact-text.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import type { ReapRequest } from '../store.ts';
import type { NewWebhook } from '../webhook-store.ts';
import type { Connection } from './connection/connection.ts';
import type { SqliteWebhookStore } from './sqlite-webhook-store.ts';
import {
  type ApprovalRow,
  type ApprovalStatements,
  prepareApprovalStatements,
} from './statements/approval-statements.ts';

/** Approvals in one SQLite database. */
export class SqliteApprovalStore implements ApprovalStore {
  readonly #connection: Connection;
  readonly #webhooks: SqliteWebhookStore;
  readonly #statements: ApprovalStatements;

  constructor(database: Database, connection: Connection, webhooks: SqliteWebhookStore) {
    this.#connection = connection;
    this.#webhooks = webhooks;
    this.#statements = prepareApprovalStatements(database);
  }

  async ask(approval: NewApproval, webhooks: readonly NewWebhook[] = []): Promise<void> {
    const { state = null, tool = null, server = null } = approval;
    const names = { server: server && toExactText(server), tool: tool && toExactText(tool) };
    this.#connection.write(() => {
      const { changes } = this.#statements.insert.run({ ...approval, ...names, state });
      if (changes > 0) this.#webhooks.write(webhooks);
    });
    if (webhooks.length > 0) this.#webhooks.notify();
  }

  async get(tenant: string, id: string): Promise<StoredApproval | undefined> {
    const row = this.#connection.read(() => this.#statements.find.get({ tenant, id }));
    return row && toStored(row);
  }

  async list(tenant: string, ids: readonly string[]): Promise<StoredApproval[]> {
    return this.#connection.read(() => this.#statements.list.all({ tenant, ids: JSON.stringify(ids) })).map(toStored);
  }

  async answer(tenant: string, id: string, { approve, reason, runId, now }: ApprovalAnswer): Promise<boolean> {
    const answer = { approve: approve ? 1 : 0, reason: reason === undefined ? null : toExactText(reason) } as const;
    return this.#connection.write(() => this.#statements.answer.run({ tenant, id, runId, now, ...answer }).changes > 0);
  }

  async find(id: string): Promise<StoredApproval | undefined> {
    const row = this.#connection.read(() => this.#statements.findAny.get({ id }));
    return row && toStored(row);
  }

  async listAll(query: ApprovalQuery): Promise<FoundResult<StoredApproval>> {
    const { after, limit, status, now, tenant = null, runId = null } = query;
    const before = fromTimeCursor(after);
    if (before === undefined) return 'unknown-after';
    const filters = { status, now, tenant, runId };
    const { rows, last } = this.#connection.read(() => {
      const last = this.#statements.boundary.get({ ...before, examined: limits.examinedRecords });
      const range = { ...before, fromCreatedAt: last?.createdAt ?? 0, fromId: last?.id ?? '', limit: limit + 1 };
      return { rows: this.#statements.page.all({ ...range, ...filters }), last };
    });
    const boundary = last && toTimeCursor(last);
    return toFoundPage(rows, { limit, boundary, toCursor: toTimeCursor, toEntry: toStored });
  }

  /** Removes expired approvals and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    return this.#connection.write(() => this.#statements.deleteExpired.run({ now, limit }).changes);
  }
}

function toStored({ approve, reason, usedBy, answeredAt, state, server, tool, ...row }: ApprovalRow): StoredApproval {
  const names = omitUndefined({ server: server && fromExactText(server), tool: tool && fromExactText(tool) });
  const approval = { ...row, ...names, ...(state === null ? {} : { state }) };
  if (usedBy === null || answeredAt === null) return approval;
  const text = reason === null ? undefined : fromExactText(reason);
  return { ...approval, answer: { approve: approve === 1, reason: text, usedBy, answeredAt } };
}
