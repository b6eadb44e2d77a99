import type { Database, Statement } from 'better-sqlite3';
import type { NewWebhook, TakenWebhook, TakeRequest } from '../../webhook-store.ts';

export interface WebhookStatements {
  insert: Statement<NewWebhook>;
  take: Statement<TakeRequest, TakenWebhook>;
  postpone: Statement<Pick<TakenWebhook, 'id' | 'attempts'> & { dueAt: number }>;
  remove: Statement<{ id: string }>;
  deleteExpired: Statement<{ now: number; limit: number }>;
}

/** Prepares the statements of the webhook store. */
export function prepareWebhookStatements(database: Database): WebhookStatements {
  return {
    insert: database.prepare(`
      INSERT INTO webhooks (id, endpoint, body, due_at, expires_at)
      VALUES (@id, @endpoint, @body, @dueAt, @expiresAt) ON CONFLICT (id) DO NOTHING`),
    take: database.prepare(`
      UPDATE webhooks SET due_at = @retryAt, attempts = attempts + 1 WHERE id IN (
        SELECT id FROM webhooks WHERE endpoint = @endpoint AND due_at <= @now ORDER BY due_at LIMIT @limit
      )
      RETURNING id, body, attempts, expires_at AS expiresAt`),
    postpone: database.prepare(`
      UPDATE webhooks SET due_at = @dueAt WHERE id = @id AND attempts = @attempts`),
    remove: database.prepare(`
      DELETE FROM webhooks WHERE id = @id`),
    deleteExpired: database.prepare(`
      DELETE FROM webhooks WHERE id IN (
        SELECT id FROM webhooks WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit
      )`),
  };
}
