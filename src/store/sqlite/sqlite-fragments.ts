import type { Database } from 'better-sqlite3';
import type { ResponseId } from '../../ids.ts';
import type { HistoryBounds } from '../history-bounds.ts';
import type { JoinedHistory, StoredResponse } from '../response-store.ts';
import { JoinedHistories } from '../shared/joined-histories.ts';
import { type FragmentStatements, prepareFragments } from './statements/fragment-statements.ts';

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

  /** Puts the fragment of a response, if it has one. `bodies`: the JSON of its items. */
  put(key: number, { parentId, fragment }: StoredResponse, bodies: readonly string[]): void {
    if (!fragment) return;
    const { messages, system, openCalls } = fragment;
    const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
    const isRoot = parentId === undefined ? 1 : 0;
    const texts = { openCalls: JSON.stringify(openCalls), system, messages };
    this.#statements.put.run({ key, isRoot, items: bodies.length, bytes, ...texts });
  }

  /** Removes the fragment of a response that is about to be replaced. */
  remove(key: number, { tenant, id }: Pick<StoredResponse, 'tenant' | 'id'>): void {
    this.#statements.remove.run({ key });
    this.forget(tenant, id);
  }

  /** Forgets the history of a response that was hidden. */
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
