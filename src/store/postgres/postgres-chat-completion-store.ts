import { limits } from '../../config/limits.ts';
import type { ChatCompletionId } from '../../ids.ts';
import type {
  ChatCompletionQuery,
  ChatCompletionStore,
  ListedChatCompletion,
  StoredChatCompletion,
} from '../chat-completion-store.ts';
import type { PageResult } from '../page.ts';
import { toMetadata, toResource } from '../shared/parse-json.ts';
import { toExpiry } from '../shared/to-expiry.ts';
import type { StoredItem } from '../stored-item.ts';
import type { Connection } from './connection/connection.ts';
import {
  type ChatCompletionRow,
  chatCompletionStatements,
  type ListPosition,
  type WholeRow,
} from './statements/chat-completion-statements.ts';
import { type FoundRow, hasMore } from './statements/page-rows.ts';
import { toSequence } from './statements/sequence.ts';

const statements = chatCompletionStatements;
/** Positions before and after all completions. Keys begin at 1. */
const firstPosition: ListPosition = { createdAt: Number.MIN_SAFE_INTEGER, key: 0 };
const lastPosition: ListPosition = { createdAt: Number.MAX_SAFE_INTEGER, key: 0 };

/** Chat completions in one PostgreSQL database. */
export class PostgresChatCompletionStore implements ChatCompletionStore {
  readonly #connection: Connection;
  readonly #maximum: number | undefined;

  /** `maximum` undefined: unlimited. */
  constructor(connection: Connection, maximum: number | undefined) {
    this.#connection = connection;
    this.#maximum = maximum;
  }

  async put(completion: StoredChatCompletion): Promise<void> {
    const { id, tenant, createdAt, expiresAt, model, metadata, messages, resource } = completion;
    const head = [tenant, id, createdAt, expiresAt, JSON.stringify(model)];
    const contents = [JSON.stringify(resource), JSON.stringify(messages)];
    const parameters = [...head, JSON.stringify(metadata), toPairs(metadata), ...contents];
    await this.#connection.rows(statements.put, parameters);
    // The write is committed. If the eviction fails, a later write evicts.
    if (this.#maximum !== undefined) await this.#connection.recordUse(statements.evict, [this.#maximum]);
  }

  async get(tenant: string, id: ChatCompletionId): Promise<StoredChatCompletion | undefined> {
    const recorded = this.#maximum === undefined ? undefined : this.#connection.recordUse(statements.use, [tenant, id]);
    const [row] = await Promise.all([this.#connection.row<WholeRow>(statements.find, [tenant, id]), recorded]);
    if (row === undefined) return undefined;
    const messages: StoredItem[] = JSON.parse(row.messages);
    return { ...toListed(tenant, row), ...toExpiry(row.expiresAt), messages };
  }

  async list(tenant: string, query: ChatCompletionQuery): Promise<PageResult<ListedChatCompletion>> {
    const { model, metadata = {}, limit, order } = query;
    const position = await this.#positionBefore(tenant, query);
    if (position === undefined) return 'unknown-after';
    const rows = await this.#connection.rows<ChatCompletionRow & FoundRow>(
      order === 'asc' ? statements.ascending : statements.descending,
      [
        tenant,
        position.createdAt,
        position.key,
        model === undefined ? model : JSON.stringify(model),
        toPairs(metadata),
        limit + 1,
        limits.pageBytes,
      ],
    );
    return { data: rows.map((row) => toListed(tenant, row)), hasMore: hasMore(rows) };
  }

  async updateMetadata(
    tenant: string,
    id: ChatCompletionId,
    metadata: Record<string, string>,
  ): Promise<ListedChatCompletion | undefined> {
    const parameters = [tenant, id, JSON.stringify(metadata), toPairs(metadata)];
    const row = await this.#connection.row<ChatCompletionRow>(statements.setMetadata, parameters);
    return row && toListed(tenant, row);
  }

  async delete(tenant: string, id: ChatCompletionId): Promise<boolean> {
    return (await this.#connection.row(statements.delete, [tenant, id])) !== undefined;
  }

  /** Returns the position before a page. `undefined`: the completion in `after` is unknown. */
  async #positionBefore(tenant: string, { after, order }: ChatCompletionQuery): Promise<ListPosition | undefined> {
    if (after === undefined) return order === 'asc' ? firstPosition : lastPosition;
    return this.#connection.row<ListPosition>(statements.position, [tenant, after]);
  }
}

/** Returns metadata as a sequence of pairs, which lists are filtered by. */
const toPairs = (metadata: Record<string, string>): string =>
  toSequence(Object.entries(metadata).map((pair) => JSON.stringify(pair)));

const toListed = (
  tenant: string,
  { id, createdAt, model, metadata, resource }: ChatCompletionRow,
): ListedChatCompletion => ({
  id,
  tenant,
  createdAt,
  model: JSON.parse(model),
  metadata: toMetadata(metadata),
  resource: toResource(resource),
});
