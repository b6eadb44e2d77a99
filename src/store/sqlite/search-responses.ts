import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import type { FoundResult } from '../found-page.ts';
import type { FoundResponse, ResponseQuery } from '../response-store.ts';
import { fromNumberCursor } from '../shared/cursors.ts';
import { toFoundResponse, toTextMatch } from '../shared/to-found-response.ts';
import type { Connection } from './connection/connection.ts';
import type { CandidateRow, SearchStatements } from './statements/search-statements.ts';

/** Searches in steps, so other work can run in between. */
export async function searchResponses(
  query: ResponseQuery,
  statements: SearchStatements,
  connection: Connection,
): Promise<FoundResult<FoundResponse>> {
  const before = fromNumberCursor(query.after);
  if (before === undefined) return 'unknown-after';
  const search = new ResponseSearch(query, statements, before);
  while (!connection.read(() => search.step())) await nextTurn();
  return { data: search.found, ...(search.next === undefined ? {} : { next: search.next }) };
}

class ResponseSearch {
  readonly found: FoundResponse[] = [];
  /** The cursor of the next page, once the search has ended. */
  next: string | undefined;
  readonly #query: ResponseQuery;
  readonly #statements: SearchStatements;
  readonly #matchesText: ((body: string) => boolean) | undefined;
  /** The last examined key. */
  #before: number;
  #examined = 0;
  #characters = 0;

  constructor(query: ResponseQuery, statements: SearchStatements, before: number) {
    this.#query = query;
    this.#statements = statements;
    this.#matchesText = query.text === undefined ? undefined : toTextMatch(query.text);
    this.#before = before;
  }

  /** Examines some responses. `true`: the search has ended. */
  step(): boolean {
    const deadline = performance.now() + limits.searchStepMs;
    for (const row of this.#candidates()) {
      if (this.#isFull()) {
        this.next = String(this.#before);
        return true;
      }
      this.#examine(row);
      if (performance.now() > deadline) return false;
    }
    return true;
  }

  #isFull(): boolean {
    return (
      this.found.length === this.#query.limit ||
      this.#examined >= limits.searchedResponses ||
      this.#characters >= limits.searchedBytes
    );
  }

  #examine({ key, isVisible }: CandidateRow): void {
    this.#before = key;
    this.#examined += 1;
    if (isVisible === 0 || !this.#matches(key)) return;
    const row = this.#statements.found.get({ key });
    if (row === undefined) throw new Error('A response has no resource.');
    const input = this.#statements.input.all({ key, bytes: limits.foundItemBytes, limit: limits.foundItems });
    this.found.push(toFoundResponse(row, input));
  }

  #matches(key: number): boolean {
    if (this.#matchesText === undefined) return true;
    for (const body of this.#statements.bodies.iterate({ key })) {
      this.#characters += body.length;
      if (this.#matchesText(body)) return true;
    }
    return false;
  }

  /** Returns the responses to examine, newest first. */
  #candidates(): Iterable<CandidateRow> {
    const { byTenant, all } = this.#statements;
    const { id, conversationId, tenant } = this.#query;
    const before = this.#before;
    if (id !== undefined) return this.#byId(id);
    if (conversationId !== undefined) return this.#byConversation(conversationId);
    return tenant === undefined ? all.iterate({ before }) : byTenant.iterate({ tenant, before });
  }

  #byId(id: string): CandidateRow[] {
    const { tenants, byId, isInConversationOf } = this.#statements;
    const { tenant, conversationId } = this.#query;
    return (tenant === undefined ? tenants.all() : [tenant])
      .flatMap((owner) => byId.get({ tenant: owner, id }) ?? [])
      .filter(({ key }) => key < this.#before)
      .filter(({ key }) => conversationId === undefined || isInConversationOf.get({ key, id: conversationId }) === 1)
      .sort((one, other) => other.key - one.key);
  }

  /** Conversations have random ids: one has this id. */
  #byConversation(id: string): Iterable<CandidateRow> {
    const { conversationTenants, conversationKey, byConversation } = this.#statements;
    const { tenant } = this.#query;
    const [key] = (tenant === undefined ? conversationTenants.all() : [tenant]).flatMap(
      (owner) => conversationKey.get({ tenant: owner, id }) ?? [],
    );
    return key === undefined ? [] : byConversation.iterate({ key, before: this.#before });
  }
}
