import { WebhookWatchers } from '../shared/webhook-watchers.ts';
import type { TakenWebhook, TakeRequest, WebhookStore } from '../webhook-store.ts';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

export const webhookStatements = nameStatements('webhooks', {
  /** Concurrent calls get different webhooks. */
  take: `
    WITH due AS MATERIALIZED (
      SELECT id FROM webhooks
      WHERE endpoint = $1 AND due_at <= $2 ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED
    )
    UPDATE webhooks AS own SET due_at = $3, attempts = attempts + 1 FROM due WHERE own.id = due.id
    RETURNING own.id, own.body, own.attempts, own.expires_at AS "expiresAt"`,
  postpone: `
    UPDATE webhooks SET due_at = $3 WHERE id = $1 AND attempts = $2`,
  remove: `
    DELETE FROM webhooks WHERE id = $1`,
  reap: `
    WITH due AS MATERIALIZED (
      SELECT id FROM webhooks WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (
      DELETE FROM webhooks AS own USING due WHERE own.id = due.id RETURNING 1
    )
    SELECT count(*)::integer AS count FROM deleted`,
});

/** Webhooks in one PostgreSQL database. */
export class PostgresWebhookStore implements WebhookStore {
  readonly #connection: Connection;
  readonly #watchers = new WebhookWatchers();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  take({ endpoint, now, retryAt, limit }: TakeRequest): Promise<TakenWebhook[]> {
    return this.#connection.rows<TakenWebhook>(webhookStatements.take, [endpoint, now, retryAt, limit]);
  }

  async postpone({ id, attempts }: Pick<TakenWebhook, 'id' | 'attempts'>, dueAt: number): Promise<void> {
    await this.#connection.rows(webhookStatements.postpone, [id, attempts, dueAt]);
  }

  async remove(id: string): Promise<void> {
    await this.#connection.rows(webhookStatements.remove, [id]);
  }

  watch(onAdded: () => void): Disposable {
    return this.#watchers.watch(onAdded);
  }

  /** Call this after webhooks were added. */
  notify(): void {
    this.#watchers.notify();
  }
}
