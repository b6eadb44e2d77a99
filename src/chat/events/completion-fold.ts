import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ChatChunk, ChatCompletion } from '../chat-deps.ts';
import { ChoiceFold } from './choice-fold.ts';

/** Folds the chunks of a stream, token counts included, into a completion. */
export class CompletionFold {
  /** By index: choices start in any order. */
  readonly #choices = new Map<number, ChoiceFold>();
  #last: ChatChunk | undefined;

  add(chunks: readonly ChatChunk[]): void {
    for (const chunk of chunks) {
      this.#last = chunk;
      for (const choice of chunk.choices) this.#find(choice.index).add(choice);
    }
  }

  /** Throws `internal_error` when no chunk had token counts. */
  toCompletion(): ChatCompletion {
    if (!this.#last?.usage) throw new ApiError('internal_error', 'The chat completion ended without a result.');
    const { id, created, model, usage, service_tier } = this.#last;
    const choices = [...this.#choices.values()]
      .map((choice) => choice.toChoice())
      .sort((one, other) => one.index - other.index);
    return { id, object: 'chat.completion', created, model, choices, usage, ...omitUndefined({ service_tier }) };
  }

  #find(index: number): ChoiceFold {
    const existing = this.#choices.get(index);
    if (existing) return existing;
    const choice = new ChoiceFold(index);
    this.#choices.set(index, choice);
    return choice;
  }
}
