import type { ResponseId } from '../ids.ts';
import type { ResponseMemory } from '../responses/responses-deps.ts';
import type { HistoryBounds } from '../store/history-bounds.ts';
import type { ResponseStore, StoredHistory, StoredResponse } from '../store/response-store.ts';
import type { LocalResponses } from './local-responses.ts';

/** Lets the turns of one connection continue its responses that are not stored (Open Responses N17 to N19). */
export class ConnectionMemory implements ResponseMemory {
  readonly #responses: ResponseStore;
  readonly #local: LocalResponses;
  /** The response that the running turn continues. A connection runs one turn at a time. */
  #parent: { id: ResponseId; history: StoredHistory; isLocal: boolean } | undefined;

  constructor(responses: ResponseStore, local: LocalResponses) {
    this.#responses = responses;
    this.#local = local;
  }

  async history(tenant: string, id: ResponseId, bounds?: HistoryBounds): Promise<StoredHistory | undefined> {
    const local = this.#local.history(id, bounds);
    const history = local ?? (await this.#responses.history(tenant, id, bounds));
    this.#parent = history && { id, history, isLocal: local !== undefined };
    return history;
  }

  remember(response: StoredResponse, isStored: boolean): void {
    const parent = this.#parent?.id === response.parentId ? this.#parent : undefined;
    // The store lacks the ancestors of a stored response that continues one of this connection.
    if (!isStored || parent?.isLocal) this.#local.add(response, parent?.history);
  }

  /** Ends a turn: releases the history that it continued. */
  endTurn(): void {
    this.#parent = undefined;
  }
}
