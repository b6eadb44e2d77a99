import { type RecencyLinks, RecencyList } from './recency-list.ts';

interface Slot<Value> extends RecencyLinks<Slot<Value>> {
  readonly key: string;
  value: Value;
  /** Increases with each use of any value. */
  used: number;
}

/** A map that evicts the least recently used value when it exceeds a maximum size. */
export class BoundedMap<Value> {
  readonly #maximum: number;
  readonly #onRemove: (value: Value) => void;
  readonly #slots = new Map<string, Slot<Value>>();
  #recency = new RecencyList<Slot<Value>>();
  #uses = 0;

  /** `onRemove` is called with each deleted or evicted value. */
  constructor(maximum: number, onRemove: (value: Value) => void = () => {}) {
    this.#maximum = maximum;
    this.#onRemove = onRemove;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Returns the values in the order in which their keys were first set. Does not count as a use. */
  *values(): Generator<Value, undefined> {
    for (const { value } of this.#slots.values()) yield value;
  }

  /** Returns the values and the positions of their last uses, most recently used first. Does not count as a use. */
  *newestFirst(): Generator<{ value: Value; used: number }, undefined> {
    for (let slot = this.#recency.newest; slot !== undefined; slot = slot.older) yield slot;
  }

  /** Returns a value and marks it as most recently used. */
  use(key: string): Value | undefined {
    const slot = this.#slots.get(key);
    if (slot !== undefined) this.#use(slot);
    return slot?.value;
  }

  /** Sets a value and marks it as most recently used. An existing key keeps its position in `values`. */
  set(key: string, value: Value): void {
    const slot = this.#slots.get(key);
    if (slot !== undefined) {
      slot.value = value;
      this.#use(slot);
      return;
    }
    const added: Slot<Value> = { key, value, used: ++this.#uses, older: undefined, newer: undefined };
    this.#slots.set(key, added);
    this.#recency.add(added);
    if (this.#recency.size > this.#maximum && this.#recency.oldest) this.#remove(this.#recency.oldest);
  }

  delete(key: string): boolean {
    const slot = this.#slots.get(key);
    if (slot !== undefined) this.#remove(slot);
    return slot !== undefined;
  }

  /** Evicts the least recently used value that is not in `kept`. `false`: there is none. */
  evictOldest(kept: ReadonlySet<unknown>): boolean {
    let slot = this.#recency.oldest;
    while (slot !== undefined && kept.has(slot.value)) slot = slot.newer;
    if (slot !== undefined) this.#remove(slot);
    return slot !== undefined;
  }

  clear(): void {
    this.#slots.clear();
    this.#recency = new RecencyList();
  }

  #use(slot: Slot<Value>): void {
    slot.used = ++this.#uses;
    this.#recency.makeMostRecent(slot);
  }

  #remove(slot: Slot<Value>): void {
    this.#slots.delete(slot.key);
    this.#recency.remove(slot);
    this.#onRemove(slot.value);
  }
}
