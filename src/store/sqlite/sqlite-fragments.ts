import type { Database } from 'better-sqlite3';
import type { ResponseId } from '../../ids.ts';
import type { HistoryBounds } from '../history-bounds.ts';
import type { JoinedHistory, StoredResponse } from '../response-store.ts';
import { JoinedHistories } from '../shared/joined-histories.ts';
import { type ChainSize, type FragmentStatements, prepareFragments } from './statements/fragment-statements.ts';

interface End {
  key: number;
  tenant: string;
  id: ResponseId;
  parentId: ResponseId | null;
}

/** The fragments of responses. Every call requires a transaction of the caller. */
export class SqliteFragments {
  readonly #statements: FragmentStatements;
  readonly #histories = new JoinedHistories();

  constructor(database: Database) {
    this.#statements = prepareFragments(database);
  }

  /** Returns the joined history that ends in a response. `undefined`: its items must be read. */
  read(end: End, { joinedItems: items, bytes }: HistoryBounds): JoinedHistory | undefined {
    const fragment = items === undefined ? undefined : this.#statements.find.get({ key: end.key, items, bytes });
    return fragment && this.#join({ ...end, ...fragment });
  }

  /**
   * Puts the resource and the fragment of a response, if its chain has one. `bodies`: the JSON of its items. Returns
   * whether there is one.
   */
  put(key: number, { parentId, resource, fragment }: StoredResponse, bodies: readonly string[]): boolean {
    const { parentSize, putResource } = this.#statements;
    const past = fragment && (parentId === undefined ? noItems : parentSize.get({ key }));
    if (!fragment || !past) return false;
    const { messages, system, openCalls } = fragment;
    const items = past.items + bodies.length;
    const bytes = bodies.reduce((sum, text) => sum + Buffer.byteLength(text), past.bytes);
    const body = JSON.stringify(resource);
    putResource.run({ key, body, items, bytes, openCalls: JSON.stringify(openCalls), system, messages });
    return true;
  }

  /** Forgets the history of a response that is hidden or replaced. */
  forget(tenant: string, id: ResponseId): void {
    this.#histories.forget(tenant, id);
  }

  /** Forgets histories that were not used lately. */
  expire(): void {
    this.#histories.expire(Date.now());
  }

  #join(end: End & { messages: string; system: string; openCalls: string }): JoinedHistory | undefined {
    const known = this.#histories.extend(end);
    if (known) return known;
    const joined = this.#statements.joined.get({ key: end.key });
    return joined && this.#histories.add(end, { messages: joined.messages ?? '', system: joined.system ?? '' });
  }
}

const noItems: ChainSize = { items: 0, bytes: 0 };
