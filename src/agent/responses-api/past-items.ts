import { type Fields, toStringOf } from '../fields.ts';

/**
 * Recognises items of the history that an answer repeats. An upstream with its own state may send the calls and results
 * of earlier turns before the new ones.
 */
export class PastItems {
  readonly #calls = new Set<string>();
  readonly #outputs = new Set<string>();
  readonly #ids = new Set<string>();

  constructor(items: readonly Fields[]) {
    for (const item of items) {
      if (isCall(item)) this.#calls.add(toCallKey(item));
      else if (isOutput(item)) this.#outputs.add(toStringOf(item['call_id']));
      else if (item['type'] !== 'message' && item['type'] !== 'reasoning') this.#ids.add(toStringOf(item['id']));
    }
  }

  /** Whether a finished item is in the history. Some models number their calls, so the arguments must be equal too. */
  has(item: Fields): boolean {
    if (isCall(item)) return this.#calls.size > 0 && this.#calls.has(toCallKey(item));
    if (isOutput(item)) return this.#outputs.has(toStringOf(item['call_id']));
    return typeof item['id'] === 'string' && item['id'] !== '' && this.#ids.has(item['id']);
  }
}

export const isCall = ({ type }: Fields): boolean => type === 'function_call' || type === 'custom_tool_call';

export const isOutput = ({ type }: Fields): boolean =>
  type === 'function_call_output' || type === 'custom_tool_call_output';

const toCallKey = ({ call_id: id, name, arguments: text, input }: Fields): string =>
  JSON.stringify([id, name, text ?? input]);
