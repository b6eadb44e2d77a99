import type { Database } from 'better-sqlite3';
import type { ChatCompletionId } from '../../ids.ts';
import type {
  ChatCompletionQuery,
  ChatCompletionStore,
  ListedChatCompletion,
  StoredChatCompletion,
} from '../chat-completion-store.ts';
import type { PageResult } from '../page.ts';
import { fromExactText, toExactText } from '../shared/exact-text.ts';
import { matchesQuery } from '../shared/matches-query.ts';
import { toMetadata, toResource } from '../shared/parse-json.ts';
import { toExpiry } from '../shared/to-expiry.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { takePage } from '../to-page.ts';
import type { Connection } from './connection/connection.ts';
import {
  type ChatCompletionRow,
  type ChatCompletionStatements,
  type ListPosition,
  prepareChatCompletionStatements,
} from './statements/chat-completion-statements.ts';

interface Owned {
  tenant: string;
  id: ChatCompletionId;
}

const firstPosition: ListPosition = { createdAt: Number.MIN_SAFE_INTEGER, key: 0 };
const lastPosition: ListPosition = { createdAt: Number.MAX_SAFE_INTEGER, key: 0 };

/** Chat completions in one SQLite database. */
export class SqliteChatCompletionStore implements ChatCompletionStore {
  readonly #connection: Connection;
  readonly #statements: ChatCompletionStatements;
  readonly #maximum: number | undefined;

  constructor(database: Database, connection: Connection, maximum: number | undefined) {
    this.#connection = connection;
    this.#statements = prepareChatCompletionStatements(database);
    this.#maximum = maximum;
  }

  async put({ id, tenant, createdAt, model, ...completion }: StoredChatCompletion): Promise<void> {
    this.#connection.write(() => {
      const { expiresAt = null, metadata, messages, resource } = completion;
      const row = { tenant, id, createdAt, expiresAt, model: toExactText(model), metadata: JSON.stringify(metadata) };
      const key = this.#statements.upsert.get(row);
      if (key === undefined) throw new Error('An upsert returned no key.');
      const contents = { resource: JSON.stringify(resource), messages: JSON.stringify(messages) };
      this.#statements.putContents.run({ key, ...contents });
      if (this.#maximum !== undefined) this.#statements.evict.run({ maximum: this.#maximum });
    });
  }

  async get(tenant: string, id: ChatCompletionId): Promise<StoredChatCompletion | undefined> {
    if (this.#maximum !== undefined) this.#connection.recordUse(() => this.#statements.use.run({ tenant, id }));
    return this.#connection.read(() => {
      const row = this.#statements.find.get({ tenant, id });
      if (row === undefined) return undefined;
      const contents = this.#statements.contents.get({ key: row.key });
      if (contents === undefined) throw new Error('A chat completion has no contents.');
      const messages: StoredItem[] = JSON.parse(contents.messages);
      return { ...toListed(tenant, row, contents.resource), ...toExpiry(row.expiresAt), messages };
    });
  }

  async list(tenant: string, query: ChatCompletionQuery): Promise<PageResult<ListedChatCompletion>> {
    return this.#connection.read(() => {
      const position = this.#positionBefore(tenant, query);
      if (position === undefined) return 'unknown-after';
      const toBytes = ({ key }: ChatCompletionRow) => this.#statements.resourceBytes.get({ key }) ?? 0;
      const page = takePage(this.#matching(tenant, position, query), query.limit, toBytes);
      return { ...page, data: page.data.map((row) => this.#toListed(tenant, row)) };
    });
  }

  async updateMetadata(
    tenant: string,
    id: ChatCompletionId,
    metadata: Record<string, string>,
  ): Promise<ListedChatCompletion | undefined> {
    return this.#connection.write(() => {
      const row = this.#use({ tenant, id });
      if (row === undefined) return undefined;
      const changed = { ...row, metadata: JSON.stringify(metadata) };
      this.#statements.setMetadata.run(changed);
      return this.#toListed(tenant, changed);
    });
  }

  async delete(tenant: string, id: ChatCompletionId): Promise<boolean> {
    return this.#connection.write(() => this.#statements.delete.run({ tenant, id }).changes > 0);
  }

  /** Removes expired completions and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    return this.#connection.write(() => this.#statements.deleteExpired.run({ now, limit }).changes);
  }

  #use(owned: Owned): ChatCompletionRow | undefined {
    this.#statements.use.run(owned);
    return this.#statements.find.get(owned);
  }

  /** Returns the position before a page. `undefined`: the completion in `after` is unknown. */
  #positionBefore(tenant: string, { after, order }: ChatCompletionQuery): ListPosition | undefined {
    if (after === undefined) return order === 'asc' ? firstPosition : lastPosition;
    return this.#statements.find.get({ tenant, id: toExactText(after) });
  }

  *#matching(
    tenant: string,
    { createdAt, key }: ListPosition,
    query: ChatCompletionQuery,
  ): Generator<ChatCompletionRow, undefined> {
    const { ascending, descending } = this.#statements;
    const select = query.order === 'asc' ? ascending : descending;
    for (const row of select.iterate({ tenant, createdAt, key })) {
      if (matchesQuery({ model: fromExactText(row.model), metadata: toMetadata(row.metadata) }, query)) yield row;
    }
  }

  #toListed(tenant: string, row: ChatCompletionRow): ListedChatCompletion {
    const resource = this.#statements.resource.get({ key: row.key });
    if (resource === undefined) throw new Error('A chat completion has no contents.');
    return toListed(tenant, row, resource);
  }
}

const toListed = (
  tenant: string,
  { id, createdAt, model, metadata }: ChatCompletionRow,
  resource: string,
): ListedChatCompletion => ({
  id,
  tenant,
  createdAt,
  model: fromExactText(model),
  metadata: toMetadata(metadata),
  resource: toResource(resource),
});
