import { isObject } from '../../json/is-object.ts';
import { toIndex } from '../upstream/to-index.ts';
import type { ChatChunkChoice, ChatDelta } from './chat-chunk.ts';

/** Selects the choice that was requested, and what it adds to the message. */
export class ChoiceReader {
  /** The index of the answer's choice. Only one was requested, but some upstreams number it otherwise. */
  #index: number | undefined;
  #hasDeltas = false;
  /** The text that came in messages. */
  #messageText = '';

  /** Returns the choice in a chunk. A choice without an index counts as the first. */
  find(choices: unknown): ChatChunkChoice | undefined {
    if (!Array.isArray(choices)) return undefined;
    const wanted = this.#index ?? 0;
    let other: Record<string, unknown> | undefined;
    for (const choice of choices) {
      if (!isObject(choice)) continue;
      if (indexOf(choice) === wanted) {
        this.#index = wanted;
        return choice;
      }
      other ??= choice;
    }
    if (this.#index !== undefined || other === undefined) return undefined;
    this.#index = indexOf(other);
    return other;
  }

  /**
   * Returns what a choice adds. Some servers stream a `message`, or the `text` of the older completions, and some repeat
   * the whole message after its deltas.
   */
  toDelta({ delta, message, text, finish_reason: reason }: ChatChunkChoice): ChatDelta | undefined {
    if (isObject(delta) && (isOutput(delta['content']) || isOutput(delta['tool_calls']))) {
      this.#hasDeltas = true;
      return delta;
    }
    const whole = isObject(message) ? message : typeof text === 'string' ? { content: text } : undefined;
    if (whole === undefined || this.#hasDeltas) return isObject(delta) ? delta : undefined;
    const { content } = whole;
    if (typeof content !== 'string') return whole;
    if (reason && this.#messageText !== '' && content === this.#messageText) return undefined;
    this.#messageText += content;
    return whole;
  }
}

const indexOf = (choice: Record<string, unknown>): number => toIndex(choice['index']) ?? 0;

const isOutput = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0);
