import type { Database } from 'better-sqlite3';
import { WebhookWatchers } from '../shared/webhook-watchers.ts';
import type { ReapRequest } from '../store.ts';
import type { NewWebhook, TakenWebhook, TakeRequest, WebhookStore } from '../webhook-store.ts';
import type { Connection } from './connection/connection.ts';
import { prepareWebhookStatements, type WebhookStatements } from './statements/webhook-statements.ts';

/** Webhooks in one SQLite database. */
export class SqliteWebhookStore implements WebhookStore {
  readonly #connection: Connection;
  readonly #statements: WebhookStatements;
  readonly #watchers = new WebhookWatchers();

  constructor(database: Database, connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareWebhookStatements(database);
  }

  async take(request: TakeRequest): Promise<TakenWebhook[]> {
    return this.#connection.write(() => this.#statements.take.all(request));
  }

  async postpone({ id, attempts }: Pick<TakenWebhook, 'id' | 'attempts'>, dueAt: number): Promise<void> {
    this.#connection.write(() => this.#statements.postpone.run({ id, attempts, dueAt }));
  }

  async remove(id: string): Promise<void> {
    this.#connection.write(() => this.#statements.remove.run({ id }));
  }

  watch(onAdded: () => void): Disposable {
    return this.#watchers.watch(onAdded);
  }

  /** Adds webhooks. Requires a transaction of the caller, which calls `notify` once that is committed. */
  write(webhooks: readonly NewWebhook[]): void {
    for (const webhook of webhooks) this.#statements.insert.run(webhook);
  }

  notify(): void {
    this.#watchers.notify();
  }

  /** Removes expired webhooks and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    return this.#connection.write(() => this.#statements.deleteExpired.run({ now, limit }).changes);
  }
}
