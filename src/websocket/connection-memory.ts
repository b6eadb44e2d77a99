import type { ResponseId } from '../ids.ts';
import type { ResponseMemory } from '../responses/responses-deps.ts';
import type { HistoryBounds } from '../store/history-bounds.ts';
import type { ResponseStore, StoredHistory, StoredResponse } from '../store/response-store.ts';
import type { Lane } from './lanes.ts';
import type { LocalResponses } from './local-responses.ts';

/** Lets one turn continue the responses of its connection that are not stored (Open Responses N17 to N19). */
export class ConnectionMemory implements ResponseMemory {
  readonly #responses: ResponseStore;
  readonly #local: LocalResponses;
  readonly #lane: Lane;
  /** The response that the turn continues. */
  #parent: { id: ResponseId; history: StoredHistory; isLocal: boolean } | undefined;

  constructor(responses: ResponseStore, local: LocalResponses, lane: Lane) {
    this.#responses = responses;
    this.#local = local;
    this.#lane = lane;
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
    if (!isStored || parent?.isLocal) this.#local.add(response, parent?.history, this.#lane);
  }
}
