import type { ResponseId } from '../../ids.ts';
import type { FoundResult } from '../found-page.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type {
  FoundResponse,
  JoinedHistory,
  ResponseQuery,
  ResponseStore,
  ResponseTree,
  StoredHistory,
  StoredResponse,
} from '../response-store.ts';
import { JoinedHistories } from '../shared/joined-histories.ts';
import { toItem, toResource } from '../shared/parse-json.ts';
import { toExpiry } from '../shared/to-expiry.ts';
import { toLastState } from '../shared/to-last-state.ts';
import type { StoredItem } from '../stored-item.ts';
import type { Connection, Parameter } from './connection/connection.ts';
import type { Notifications } from './notifications.ts';
import { readLongChain } from './read-long-chain.ts';
import { readTree, searchResponses } from './search-responses.ts';
import {
  type ChainRow,
  type JoinedRow,
  type ResponseRow,
  responseStatements,
  type TurnRow,
} from './statements/response-statements.ts';
import { toItemKey, toItemSequences, toSequence } from './statements/sequence.ts';
import { toItems } from './statements/to-items.ts';

const { find, chain, joined, findItems, measureItems, count, put, hide, evict, use } = responseStatements;

export interface PostgresResponseStoreParts {
  connection: Connection;
  notifications: Notifications;
  /** `undefined`: unlimited. */
  maximum: number | undefined;
}

/** Responses in one PostgreSQL database. */
export class PostgresResponseStore implements ResponseStore {
  readonly #connection: Connection;
  readonly #notifications: Notifications;
  readonly #maximum: number | undefined;
  readonly #histories = new JoinedHistories();

  constructor({ connection, notifications, maximum }: PostgresResponseStoreParts) {
    this.#connection = connection;
    this.#notifications = notifications;
    this.#maximum = maximum;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    const [row] = await this.#read<ResponseRow>(find, tenant, id);
    if (row === undefined) return undefined;
    const { parentId, conversationId, sessionId, createdAt, expiresAt, resource } = row;
    return {
      id,
      tenant,
      parentId: parentId ?? undefined,
      conversationId: conversationId ?? undefined,
      sessionId,
      createdAt,
      ...toExpiry(expiresAt),
      ...toTurn(row),
      resource: toResource(resource),
    };
  }

  async history(
    tenant: string,
    id: ResponseId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<StoredHistory | undefined> {
    const rows = await this.#read<ChainRow>(chain, tenant, id, bounds.bytes, bounds.items, bounds.joinedItems ?? -1);
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    const state = { sessionId: last.sessionId, ...toLastState(toResource(last.resource ?? '{}')) };
    if (last.messages !== null) {
      const joined = await this.#join(tenant, last, bounds);
      const { joinedItems: _, ...whole } = bounds;
      return joined ? { ...state, turns: [], joined } : this.history(tenant, id, whole);
    }
    const turns = last.fits
      ? { turns: rows.map((row) => ({ id: row.id, ...toTurn(row) })) }
      : await readLongChain(this.#connection, { tenant, id }, bounds);
    return { ...state, ...turns };
  }

  async findItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, StoredItem>> {
    const found = await this.#find<{ key: string; body: string | null }>(findItems, tenant, itemIds);
    return new Map(found.flatMap(([id, { body }]) => (body === null ? [] : [[id, toItem(body)]])));
  }

  async measureItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, number>> {
    const found = await this.#find<{ key: string; bytes: number | null }>(measureItems, tenant, itemIds);
    return new Map(found.flatMap(([id, { bytes }]) => (bytes === null ? [] : [[id, bytes]])));
  }

  async put(response: StoredResponse): Promise<void> {
    await this.#connection.rows(put, toPutParameters(response));
    this.#histories.forget(response.tenant, response.id);
    await this.evict(response);
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    const row = await this.#connection.row<{ hidden: boolean | null }>(hide, [tenant, id]);
    const hidden = row?.hidden === true;
    // Its run was removed with it.
    if (hidden) this.#notifications.notify(id);
    this.#histories.forget(tenant, id);
    return hidden;
  }

  search(query: ResponseQuery): Promise<FoundResult<FoundResponse>> {
    return searchResponses(query, this.#connection);
  }

  tree(tenant: string, id: ResponseId, limit: number): Promise<ResponseTree | undefined> {
    return readTree(tenant, id, { limit, connection: this.#connection });
  }

  async count(): Promise<number> {
    const row = await this.#connection.row<{ count: number }>(count);
    return row?.count ?? 0;
  }

  /** Evicts after a response was put. The write is committed, so a failure is ignored and a later write evicts. */
  async evict({ tenant, id }: StoredResponse): Promise<void> {
    if (this.#maximum !== undefined) await this.#connection.recordUse(evict, [this.#maximum, tenant, id]);
  }

  /** Forgets joined histories that were not used lately. */
  expire(): void {
    this.#histories.expire(Date.now());
  }

  /** Joins the fragments of a chain. `undefined`: a response has none. */
  async #join(tenant: string, last: ChainRow, { items }: HistoryBounds): Promise<JoinedHistory | undefined> {
    const { id, parentId, openCalls, system, messages } = last;
    const end = { tenant, id, parentId, openCalls: openCalls ?? '[]', system: system ?? '', messages: messages ?? '' };
    const known = this.#histories.extend(end);
    if (known) return known;
    const row = await this.#connection.row<JoinedRow>(joined, [tenant, id, items]);
    return row && this.#histories.add(end, { messages: row.messages ?? '', system: row.system ?? '' });
  }

  /** Returns the ids and their rows. */
  async #find<Row extends { key: string }>(
    statement: typeof findItems,
    tenant: string,
    itemIds: readonly string[],
  ): Promise<[string, Row][]> {
    const idOf = new Map(itemIds.map((id) => [toItemKey(id), id]));
    const rows = await this.#connection.rows<Row>(statement, [tenant, toSequence([...idOf.keys()])]);
    return rows.map((row) => [idOf.get(row.key) ?? row.key, row]);
  }

  async #read<Row extends ResponseRow | ChainRow>(
    statement: typeof find,
    tenant: string,
    id: ResponseId,
    ...rest: Parameter[]
  ): Promise<Row[]> {
    const recorded = this.#maximum === undefined ? undefined : this.#connection.recordUse(use, [tenant, id]);
    const [rows] = await Promise.all([this.#connection.rows<Row>(statement, [tenant, id, ...rest]), recorded]);
    return rows;
  }
}

/** Returns the parameters of `put_response`. Throws a TypeError when the response cannot be serialized as JSON. */
export function toPutParameters(response: StoredResponse): Parameter[] {
  const { tenant, id, parentId, conversationId, sessionId, createdAt, expiresAt, input, output, resource } = response;
  const { openCalls, system, messages } = response.fragment ?? {};
  const items = toItemSequences([...input, ...output]);
  const head = [tenant, id, parentId, conversationId, sessionId, createdAt, expiresAt];
  const counts = [input.length, input.length + output.length];
  return [
    ...head,
    ...counts,
    items.ids,
    items.bodies,
    JSON.stringify(resource),
    openCalls && JSON.stringify(openCalls),
    system,
    messages,
  ];
}

function toTurn({ inputs, items: joined }: TurnRow): Pick<StoredResponse, 'input' | 'output'> {
  const items = toItems(joined);
  return { input: items.slice(0, inputs), output: items.slice(inputs) };
}
