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
  type ListPlace,
  type WholeRow,
} from './statements/chat-completion-statements.ts';
import { type FoundRow, hasMore } from './statements/page-rows.ts';
import { toSequence } from './statements/sequence.ts';

const statements = chatCompletionStatements;
/** Before and after everything: keys begin at 1. */
const firstPlace: ListPlace = { createdAt: Number.MIN_SAFE_INTEGER, key: 0 };
const lastPlace: ListPlace = { createdAt: Number.MAX_SAFE_INTEGER, key: 0 };

/** Chat completions in one PostgreSQL database. */
export class PostgresChatCompletionStore implements ChatCompletionStore {
  readonly #connection: Connection;
  readonly #maximum: number | undefined;

  /** `maximum` absent: no bound. */
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
    // It is written already: a store that fails now makes room later.
    if (this.#maximum !== undefined) await this.#connection.note(statements.evict, [this.#maximum]);
  }

  async get(tenant: string, id: ChatCompletionId): Promise<StoredChatCompletion | undefined> {
    const noted = this.#maximum === undefined ? undefined : this.#connection.note(statements.use, [tenant, id]);
    const [row] = await Promise.all([this.#connection.row<WholeRow>(statements.find, [tenant, id]), noted]);
    if (row === undefined) return undefined;
    const messages: StoredItem[] = JSON.parse(row.messages);
    return { ...toListed(tenant, row), ...toExpiry(row.expiresAt), messages };
  }

  async list(tenant: string, query: ChatCompletionQuery): Promise<PageResult<ListedChatCompletion>> {
    const { model, metadata = {}, limit, order } = query;
    const place = await this.#placeBefore(tenant, query);
    if (place === undefined) return 'unknown-after';
    const rows = await this.#connection.rows<ChatCompletionRow & FoundRow>(
      order === 'asc' ? statements.ascending : statements.descending,
      [
        tenant,
        place.createdAt,
        place.key,
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

  /** Where a page begins, itself left out; undefined when there is no such completion. */
  async #placeBefore(tenant: string, { after, order }: ChatCompletionQuery): Promise<ListPlace | undefined> {
    if (after === undefined) return order === 'asc' ? firstPlace : lastPlace;
    return this.#connection.row<ListPlace>(statements.place, [tenant, after]);
  }
}

/** Metadata as a sequence of pairs, by which lists are filtered. */
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
