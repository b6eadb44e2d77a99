import type { OutputItem } from '../responses-deps.ts';
import type { FinalStatus, OpenCallItem, OpenItem } from './open-item.ts';

/** The items of one response, in the order of their indexes: finished ones, and those that are open. */
export class OutputItems {
  /** By index. An open item leaves a gap. */
  readonly #finished: OutputItem[] = [];
  /** Open items by index. There are several only during parallel calls. */
  #open: OpenItem[] = [];
  /** The index of the next item. */
  #next = 0;

  get nextIndex(): number {
    return this.#next;
  }

  /** The item that started last and is open. */
  get last(): OpenItem | undefined {
    return this.#open.at(-1);
  }

  /** The finished items, by index. An open item leaves a gap. */
  get finished(): readonly OutputItem[] {
    return this.#finished;
  }

  /** All items so far, open ones included. Those are as they are if the response ends now. */
  get all(): OutputItem[] {
    const items = [...this.#finished];
    for (const item of this.#open) items[item.index] = item.snapshot();
    return items;
  }

  open(item: OpenItem): void {
    this.#open.push(item);
    this.#next += 1;
  }

  /** Adds a finished item. */
  add(item: OutputItem): void {
    this.#finished[this.#next] = item;
    this.#next += 1;
  }

  /** Closes the items before one that may run at the same time as open calls. Returns whether a text was closed. */
  closeForParallel(): boolean {
    const hasText = !this.#open.every((item) => item.staysOpen || isCall(item));
    if (hasText) this.closeEarlier();
    // In order, so that the client receives the calls in order.
    for (let call = this.#open[0]; call && isCall(call) && call.ended; call = this.#open[0]) this.close(call);
    return hasText;
  }

  /** Closes the items before the next one. All of them had ended. */
  closeEarlier(): void {
    for (const item of this.#open) if (!item.staysOpen) this.#finish(item, 'completed');
    this.#open = this.#open.filter((item) => item.staysOpen);
  }

  /** Closes every open item. Only the last can be `incomplete`, and calls whose arguments have no end. */
  closeAll(status: FinalStatus): void {
    const { last } = this;
    for (const item of this.#open) {
      const isCut = item === last || (isCall(item) && !item.ended);
      this.#finish(item, isCut ? status : 'completed');
    }
    this.#open = [];
  }

  /** Closes one item, which has ended. */
  close(item: OpenItem): void {
    this.#finish(item, 'completed');
    this.#open = this.#open.filter((other) => other !== item);
  }

  #finish(item: OpenItem, status: FinalStatus): void {
    this.#finished[item.index] = item.close(status);
  }
}

const isCall = (item: OpenItem): item is OpenCallItem => 'ended' in item;
