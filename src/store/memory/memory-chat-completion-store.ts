import type { ChatCompletionId } from '../../ids.ts';
import type {
  ChatCompletionQuery,
  ChatCompletionStore,
  ListedChatCompletion,
  StoredChatCompletion,
} from '../chat-completion-store.ts';
import { matchesQuery } from '../matches-query.ts';
import type { PageResult } from '../page.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { toExpiry } from '../to-expiry.ts';
import { toPage } from '../to-page.ts';
import { BoundedMap } from './bounded-map.ts';
import { due } from './due.ts';
import type { Lifetime } from './lifetime.ts';
import { sumBytes } from './sum-bytes.ts';
import { toKey } from './to-key.ts';

/** One completion as it is kept. */
interface Entry {
  readonly id: ChatCompletionId;
  readonly tenant: string;
  readonly createdAt: number;
  readonly model: string;
  readonly expiresAt?: number | undefined;
  metadata: Record<string, string>;
  /** JSON. */
  readonly messages: string;
  /** JSON. */
  readonly resource: string;
}

/** Chat completions in the memory of this process. */
export class MemoryChatCompletionStore implements ChatCompletionStore {
  readonly #lifetime: Lifetime;
  readonly #completions: BoundedMap<Entry>;

  constructor(maximum: number, lifetime: Lifetime) {
    this.#lifetime = lifetime;
    this.#completions = new BoundedMap(maximum);
  }

  async put({ messages, resource, metadata, ...head }: StoredChatCompletion): Promise<void> {
    this.#lifetime.assertOpen();
    const texts = { messages: JSON.stringify(messages), resource: JSON.stringify(resource) };
    this.#completions.set(toKey(head.tenant, head.id), { ...head, ...texts, metadata: { ...metadata } });
  }

  async get(tenant: string, id: ChatCompletionId): Promise<StoredChatCompletion | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    const messages: StoredItem[] = JSON.parse(entry.messages);
    return { ...toListed(entry), ...toExpiry(entry.expiresAt), messages };
  }

  async list(tenant: string, query: ChatCompletionQuery): Promise<PageResult<ListedChatCompletion>> {
    this.#lifetime.assertOpen();
    const entries = this.#completions
      .values()
      .filter((entry) => entry.tenant === tenant)
      .toArray()
      .sort((one, other) => one.createdAt - other.createdAt);
    const page = toPage(entries, query, (entry) => matchesQuery(entry, query));
    return typeof page === 'object' ? { ...page, data: page.data.map(toListed) } : page;
  }

  async updateMetadata(
    tenant: string,
    id: ChatCompletionId,
    metadata: Record<string, string>,
  ): Promise<ListedChatCompletion | undefined> {
    const entry = this.#use(tenant, id);
    if (entry !== undefined) entry.metadata = { ...metadata };
    return entry && toListed(entry);
  }

  async delete(tenant: string, id: ChatCompletionId): Promise<boolean> {
    this.#lifetime.assertOpen();
    return this.#completions.delete(toKey(tenant, id));
  }

  /** Bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#completions.values(), tenant, ({ metadata, messages, resource }) => {
      return Buffer.byteLength(JSON.stringify(metadata)) + Buffer.byteLength(messages) + Buffer.byteLength(resource);
    });
  }

  /** How many completions it removed. */
  reap(request: ReapRequest): number {
    const expired = due(this.#completions.values(), (entry) => entry.expiresAt, request);
    for (const { tenant, id } of expired) this.#completions.delete(toKey(tenant, id));
    return expired.length;
  }

  clear(): void {
    this.#completions.clear();
  }

  #use(tenant: string, id: ChatCompletionId): Entry | undefined {
    this.#lifetime.assertOpen();
    return this.#completions.use(toKey(tenant, id));
  }
}

function toListed({ id, tenant, createdAt, model, metadata, resource: text }: Entry): ListedChatCompletion {
  const resource: Record<string, unknown> = JSON.parse(text);
  return { id, tenant, createdAt, model, metadata: { ...metadata }, resource };
}
