import type { ChatCompletionId } from '../../ids.ts';
import type {
  ChatCompletionQuery,
  ChatCompletionStore,
  ListedChatCompletion,
  StoredChatCompletion,
} from '../chat-completion-store.ts';
import type { PageResult } from '../page.ts';
import { matchesQuery } from '../shared/matches-query.ts';
import { toExpiry } from '../shared/to-expiry.ts';
import { toKey } from '../shared/to-key.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { toPage } from '../to-page.ts';
import { BoundedMap } from './bounds/bounded-map.ts';
import type { BudgetPart, ByteBudget } from './bounds/byte-budget.ts';
import { findExpired } from './bounds/find-expired.ts';
import { sumBytes } from './bounds/sum-bytes.ts';
import type { Lifetime } from './lifetime.ts';

/** A completion in memory. */
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
  readonly resourceBytes: number;
  /** Bytes of the messages, the resource and the metadata. */
  bytes: number;
}

/** Chat completions in the memory of this process. */
export class MemoryChatCompletionStore implements ChatCompletionStore, BudgetPart {
  readonly #lifetime: Lifetime;
  readonly #budget: ByteBudget;
  readonly #completions: BoundedMap<Entry>;
  #bytes = 0;

  constructor(maximum: number, lifetime: Lifetime, budget: ByteBudget) {
    this.#lifetime = lifetime;
    this.#budget = budget;
    this.#completions = new BoundedMap(maximum, ({ bytes }) => {
      this.#bytes -= bytes;
    });
  }

  /** Bytes of all completions. */
  get bytes(): number {
    return this.#bytes;
  }

  evictOldest(kept: ReadonlySet<unknown>): boolean {
    return this.#completions.evictOldest(kept);
  }

  async put({ messages, resource, metadata, ...head }: StoredChatCompletion): Promise<void> {
    this.#lifetime.assertOpen();
    const texts = { messages: JSON.stringify(messages), resource: JSON.stringify(resource) };
    const resourceBytes = Buffer.byteLength(texts.resource);
    const bytes = resourceBytes + Buffer.byteLength(texts.messages) + measureMetadata(metadata);
    const existing = this.#use(head.tenant, head.id);
    const added = bytes - (existing?.bytes ?? 0);
    this.#budget.assertRoom(added, new Set([existing]));
    this.#bytes += added;
    const entry = { ...head, ...texts, resourceBytes, bytes, metadata: { ...metadata } };
    this.#completions.set(toKey(head.tenant, head.id), entry);
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
    const page = toPage(entries, query, {
      matches: (entry) => matchesQuery(entry, query),
      toBytes: ({ resourceBytes }) => resourceBytes,
    });
    return typeof page === 'object' ? { ...page, data: page.data.map(toListed) } : page;
  }

  async updateMetadata(
    tenant: string,
    id: ChatCompletionId,
    metadata: Record<string, string>,
  ): Promise<ListedChatCompletion | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    const added = measureMetadata(metadata) - measureMetadata(entry.metadata);
    this.#budget.assertRoom(added, new Set([entry]));
    entry.bytes += added;
    this.#bytes += added;
    entry.metadata = { ...metadata };
    return toListed(entry);
  }

  async delete(tenant: string, id: ChatCompletionId): Promise<boolean> {
    this.#lifetime.assertOpen();
    return this.#completions.delete(toKey(tenant, id));
  }

  /** Returns the bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#completions.values(), tenant, ({ bytes }) => bytes);
  }

  /** Removes expired completions and returns their number. */
  reap(request: ReapRequest): number {
    const expired = findExpired(this.#completions.values(), (entry) => entry.expiresAt, request);
    for (const { tenant, id } of expired) this.#completions.delete(toKey(tenant, id));
    return expired.length;
  }

  clear(): void {
    this.#completions.clear();
    this.#bytes = 0;
  }

  #use(tenant: string, id: ChatCompletionId): Entry | undefined {
    this.#lifetime.assertOpen();
    return this.#completions.use(toKey(tenant, id));
  }
}

const measureMetadata = (metadata: Record<string, string>): number => Buffer.byteLength(JSON.stringify(metadata));

function toListed({ id, tenant, createdAt, model, metadata, resource: text }: Entry): ListedChatCompletion {
  const resource: Record<string, unknown> = JSON.parse(text);
  return { id, tenant, createdAt, model, metadata: { ...metadata }, resource };
}
