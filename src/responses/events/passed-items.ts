import type { ResponseEvent } from '../responses-deps.ts';
import type { Sink } from './event-sink.ts';
import { OpenPassedItem, toPassedEvent } from './open-passed-item.ts';
import type { OutputItems } from './output-items.ts';

type Fields = Record<string, unknown>;

/** The items of one response that pass as they came, by the agent's key. */
export class PassedItems {
  readonly #sink: Sink<ResponseEvent>;
  readonly #items: OutputItems;
  readonly #passed = new Map<string, OpenPassedItem>();

  constructor(sink: Sink<ResponseEvent>, items: OutputItems) {
    this.#sink = sink;
    this.#items = items;
  }

  start(key: string, item: Fields): void {
    const passed = new OpenPassedItem(this.#sink, { index: this.#items.nextIndex, item });
    this.#passed.set(key, passed);
    this.#items.open(passed);
  }

  /** An event of an unknown type may also be about an item of a known one: the last. */
  add(key: string, event: Fields): void {
    const item = this.#passed.get(key) ?? this.#items.last;
    this.#sink.add(toPassedEvent(event, this.#sink.number(), item));
  }

  end(key: string, item: Fields): void {
    const passed = this.#passed.get(key);
    if (!passed || passed.isEnded) return;
    passed.end(item);
    this.#items.close(passed);
  }
}
