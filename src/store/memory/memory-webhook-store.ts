import { WebhookWatchers } from '../shared/webhook-watchers.ts';
import type { ReapRequest } from '../store.ts';
import type { NewWebhook, TakenWebhook, TakeRequest, WebhookStore } from '../webhook-store.ts';
import type { BudgetPart, ByteBudget } from './bounds/byte-budget.ts';
import { findExpired } from './bounds/find-expired.ts';
import type { Lifetime } from './lifetime.ts';

interface Entry extends NewWebhook {
  attempts: number;
}

/** Webhooks in the memory of this process. They end with it. */
export class MemoryWebhookStore implements WebhookStore, BudgetPart {
  readonly #lifetime: Lifetime;
  readonly #budget: ByteBudget;
  readonly #watchers = new WebhookWatchers();
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(lifetime: Lifetime, budget: ByteBudget) {
    this.#lifetime = lifetime;
    this.#budget = budget;
  }

  /** Bytes of all bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Removes the oldest webhook. */
  evictOldest(): boolean {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#remove(oldest);
    return oldest !== undefined;
  }

  async take({ endpoint, now, retryAt, limit }: TakeRequest): Promise<TakenWebhook[]> {
    this.#lifetime.assertOpen();
    const isDue = (entry: Entry) => entry.endpoint === endpoint && entry.dueAt <= now;
    const due = [...this.#entries.values()].filter(isDue).sort((one, other) => one.dueAt - other.dueAt);
    return due.slice(0, limit).map((entry) => {
      entry.dueAt = retryAt;
      entry.attempts += 1;
      const { id, body, expiresAt, attempts } = entry;
      return { id, body, expiresAt, attempts };
    });
  }

  async postpone({ id, attempts }: Pick<TakenWebhook, 'id' | 'attempts'>, dueAt: number): Promise<void> {
    this.#lifetime.assertOpen();
    const entry = this.#entries.get(id);
    if (entry?.attempts === attempts) entry.dueAt = dueAt;
  }

  async remove(id: string): Promise<void> {
    this.#lifetime.assertOpen();
    this.#remove(id);
  }

  watch(onAdded: () => void): Disposable {
    return this.#watchers.watch(onAdded);
  }

  /** Adds webhooks, even if they do not fit: the event that they announce has happened. Later writes evict the excess. */
  add(webhooks: readonly NewWebhook[]): void {
    for (const webhook of webhooks) {
      if (this.#entries.has(webhook.id)) continue;
      const bytes = Buffer.byteLength(webhook.body);
      this.#budget.makeRoom(bytes);
      this.#entries.set(webhook.id, { ...webhook, attempts: 0 });
      this.#bytes += bytes;
    }
    if (webhooks.length > 0) this.#watchers.notify();
  }

  /** Removes expired webhooks and returns their number. */
  reap(request: ReapRequest): number {
    const expired = findExpired(this.#entries.values(), ({ expiresAt }) => expiresAt, request);
    for (const { id } of expired) this.#remove(id);
    return expired.length;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#bytes -= Buffer.byteLength(entry.body);
  }
}
