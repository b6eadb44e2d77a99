import { type Fields, toStringOf } from '../fields.ts';

/**
 * The items that the events of an answer reported. The terminal event repeats them, by some servers without ids, cut
 * short or in another order.
 */
export class ReportedItems {
  readonly #ids = new Set<string>();
  readonly #calls = new Set<string>();
  readonly #types = new Set<unknown>();

  add(item: Fields): void {
    this.#ids.add(toStringOf(item['id']));
    this.#calls.add(toCall(item));
    this.#types.add(item['type']);
  }

  has(item: Fields): boolean {
    const id = toStringOf(item['id']);
    if (id !== '' && this.#ids.has(id)) return true;
    if (typeof item['call_id'] === 'string') return this.#calls.has(toCall(item));
    // Without an id, an item counts as one of those of its type.
    return id === '' && this.#types.has(item['type']);
  }
}

const toCall = ({ type, call_id: id }: Fields): string => `${toStringOf(type)} ${toStringOf(id)}`;
