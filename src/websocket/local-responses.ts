import { isResponseId, type ResponseId } from '../ids.ts';
import type { HistoryBounds } from '../store/history-bounds.ts';
import type { StoredHistory, StoredResponse } from '../store/response-store.ts';

export interface LocalResponsesOptions {
  /** How many are remembered: the most recent. */
  responses: number;
  /** JSON characters of all their histories together. */
  characters: number;
}

/** What a response can be continued from, and its length as JSON. */
interface Kept {
  history: StoredHistory;
  characters: number;
}

/**
 * The responses of one connection that are in no store (`store: false`): the most recent ones, until the connection
 * ends. Each has its whole history, so that one turn going does not break the chain of another; the turns themselves
 * are shared.
 */
export class LocalResponses {
  readonly #options: LocalResponsesOptions;
  /** The least recently used first. */
  readonly #kept = new Map<string, Kept>();
  #characters = 0;

  constructor(options: LocalResponsesOptions) {
    this.#options = options;
  }

  /** Makes it the most recently used. A history beyond the bounds is never cut here: none of it is given. */
  history(
    id: ResponseId,
    { bytes = Number.POSITIVE_INFINITY }: Partial<HistoryBounds> = {},
  ): StoredHistory | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    return kept.characters > bytes ? { ...kept.history, turns: [], limited: 'too-long' } : kept.history;
  }

  /** `parent` is the history of the response that this one continues. */
  add({ id, sessionId, resource, input, output }: StoredResponse, parent: StoredHistory | undefined): void {
    const before = this.#measure(parent);
    const turn = { id, input, output };
    const { instructions = null, status = null } = resource;
    this.#kept.set(id, {
      history: { sessionId, instructions, status, turns: [...(parent?.turns ?? []), turn] },
      characters: before + JSON.stringify(turn).length,
    });
    this.#characters += this.#kept.get(id)?.characters ?? 0;
    this.#evict();
  }

  /** Takes any text, since clients name ids that never were. */
  forget(id: string): void {
    const kept = isResponseId(id) ? this.#kept.get(id) : undefined;
    if (!kept) return;
    this.#kept.delete(id);
    this.#characters -= kept.characters;
  }

  #measure(parent: StoredHistory | undefined): number {
    const last = parent?.turns.at(-1);
    if (!last) return 0;
    return this.#kept.get(last.id)?.characters ?? JSON.stringify(parent?.turns).length;
  }

  #evict(): void {
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= this.#options.responses && this.#characters <= this.#options.characters) return;
      this.forget(id);
    }
  }
}
