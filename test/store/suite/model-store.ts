import type { ResponseId } from '../../../src/ids.ts';

interface ModelResponse {
  id: ResponseId;
  parent: ModelResponse | undefined;
}

/**
 * A simple model of the store, regardless of cost, that backends are compared with. Visible responses are in the order
 * of use, the most recent last.
 */
export class ModelStore {
  readonly #maxResponses: number;
  #visible: ModelResponse[] = [];
  #stored: ModelResponse[] = [];

  constructor(maxResponses: number) {
    this.#maxResponses = maxResponses;
  }

  get count(): number {
    return this.#visible.length;
  }

  get storedCount(): number {
    return this.#stored.length;
  }

  put(id: ResponseId, parentId: ResponseId | undefined): void {
    const existing = this.#stored.find((response) => response.id === id);
    const parent = this.#stored.find((response) => response.id === parentId);
    const response = existing ?? { id, parent };
    if (existing === undefined) this.#stored.push(response);
    this.#visible = [...this.#visible.filter((other) => other !== response), response].slice(-this.#maxResponses);
    this.#purge();
  }

  /** Returns the ids of a chain, oldest first, and marks its end as most recently used. */
  history(id: ResponseId): ResponseId[] | undefined {
    const response = this.#visible.find((candidate) => candidate.id === id);
    if (response === undefined) return undefined;
    this.#visible = [...this.#visible.filter((other) => other !== response), response];
    return this.#chain(response).map((turn) => turn.id);
  }

  delete(id: ResponseId): boolean {
    const before = this.#visible.length;
    this.#visible = this.#visible.filter((response) => response.id !== id);
    this.#purge();
    return this.#visible.length < before;
  }

  #chain(response: ModelResponse): ModelResponse[] {
    return [...(response.parent ? this.#chain(response.parent) : []), response];
  }

  #purge(): void {
    const reachable = new Set(this.#visible.flatMap((response) => this.#chain(response)));
    this.#stored = this.#stored.filter((response) => reachable.has(response));
  }
}
