import type { ResponseId } from '../../../src/ids.ts';

interface ModelResponse {
  id: ResponseId;
  parent: ModelResponse | undefined;
}

/**
 * The rules of the store written as plainly as possible, with no regard to cost: what a backend does is compared with
 * it step by step. Visible responses are listed in order of use, the most recent last.
 */
export class ModelStore {
  readonly #maxResponses: number;
  #visible: ModelResponse[] = [];
  #kept: ModelResponse[] = [];

  constructor(maxResponses: number) {
    this.#maxResponses = maxResponses;
  }

  get count(): number {
    return this.#visible.length;
  }

  get storedCount(): number {
    return this.#kept.length;
  }

  put(id: ResponseId, parentId: ResponseId | undefined): void {
    const existing = this.#kept.find((response) => response.id === id);
    const parent = this.#kept.find((response) => response.id === parentId);
    const response = existing ?? { id, parent };
    if (existing === undefined) this.#kept.push(response);
    this.#visible = [...this.#visible.filter((other) => other !== response), response].slice(-this.#maxResponses);
    this.#purge();
  }

  /** The ids of the chain, oldest first; reading makes its end recent. */
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
    this.#kept = this.#kept.filter((response) => reachable.has(response));
  }
}
