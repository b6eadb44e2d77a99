import type { ResponseId } from '../ids.ts';
import type { RetainingStore } from '../responses/run/store-response.ts';
import type { HistoryBounds } from '../store/history-bounds.ts';
import type { ResponseStore, StoredHistory, StoredResponse } from '../store/response-store.ts';
import type { OwnedRun, RunStore } from '../store/run-store.ts';
import type { ReapRequest, Store } from '../store/store.ts';
import type { LocalResponses } from './local-responses.ts';

/**
 * The store as one connection sees it: responses that were not to be stored can be continued here, and nowhere else
 * (Open Responses N17 to N19). Disposing it closes nothing: the store is the server's.
 */
export class LocalStore implements RetainingStore {
  readonly responses: ResponseStore;
  readonly runs: RunStore;
  readonly #store: Store;
  readonly #local: LocalResponses;
  /** What the running turn builds on: one turn runs at a time. */
  #parent: { id: ResponseId; history: StoredHistory; isLocal: boolean } | undefined;

  constructor(store: Store, local: LocalResponses) {
    this.#store = store;
    this.#local = local;
    const { responses, runs } = store;
    this.responses = {
      history: (tenant, id, bounds) => this.#history(tenant, id, bounds),
      get: (tenant, id) => responses.get(tenant, id),
      findItems: (tenant, itemIds) => responses.findItems(tenant, itemIds),
      measureItems: (tenant, itemIds) => responses.measureItems(tenant, itemIds),
      put: (response) => this.#put(response),
      delete: (tenant, id) => responses.delete(tenant, id),
      count: () => responses.count(),
    };
    this.runs = {
      begin: (run, response) => runs.begin(run, response),
      append: (run, events) => runs.append(run, events),
      end: (run, events, response) => this.#end(run, events, response),
      read: (tenant, id, request) => runs.read(tenant, id, request),
      cancel: (tenant, id) => runs.cancel(tenant, id),
      cancelled: (owner) => runs.cancelled(owner),
      takeLost: (owner, limit, driven) => runs.takeLost(owner, limit, driven),
      setAttempts: (run, attempts) => runs.setAttempts(run, attempts),
      watch: (id, onChange) => runs.watch(id, onChange),
    };
  }

  get conversations() {
    return this.#store.conversations;
  }

  get chatCompletions() {
    return this.#store.chatCompletions;
  }

  get leases() {
    return this.#store.leases;
  }

  get idempotency() {
    return this.#store.idempotency;
  }

  retain(response: StoredResponse): void {
    this.#local.add(response, this.#parentOf(response)?.history);
  }

  /** Lets go of the history that the turn continued. */
  endTurn(): void {
    this.#parent = undefined;
  }

  secret(name: string): Promise<Buffer> {
    return this.#store.secret(name);
  }

  reap(request: ReapRequest): Promise<number> {
    return this.#store.reap(request);
  }

  storedBytes(tenant: string): Promise<number> {
    return this.#store.storedBytes(tenant);
  }

  check(): Promise<void> {
    return this.#store.check();
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #history(
    tenant: string,
    id: ResponseId,
    bounds: HistoryBounds | undefined,
  ): Promise<StoredHistory | undefined> {
    const local = this.#local.history(id, bounds);
    const history = local ?? (await this.#store.responses.history(tenant, id, bounds));
    this.#parent = history && { id, history, isLocal: local !== undefined };
    return history;
  }

  async #put(response: StoredResponse): Promise<void> {
    await this.#store.responses.put(response);
    this.#retainBranch(response);
  }

  async #end(run: OwnedRun, events: readonly string[], response: StoredResponse | undefined): Promise<boolean> {
    const isEnded = await this.#store.runs.end(run, events, response);
    if (isEnded && response) this.#retainBranch(response);
    return isEnded;
  }

  /** A response that is stored, but continues one that is not, has its whole chain here alone. */
  #retainBranch(response: StoredResponse): void {
    if (this.#parentOf(response)?.isLocal) this.retain(response);
  }

  #parentOf({ parentId }: StoredResponse) {
    return this.#parent?.id === parentId ? this.#parent : undefined;
  }
}
