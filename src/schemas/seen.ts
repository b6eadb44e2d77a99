/** The evaluated properties and items of one value, for `unevaluatedProperties` and `unevaluatedItems`. */
export class Seen {
  readonly #names = new Set<string>();
  readonly #positions = new Set<number>();
  /** All items before this index are evaluated. */
  #items = 0;
  #allNames = false;

  addName(name: string): void {
    this.#names.add(name);
  }

  addAllNames(): void {
    this.#allNames = true;
  }

  addItems(count: number): void {
    this.#items = Math.max(this.#items, count);
  }

  addPosition(index: number): void {
    this.#positions.add(index);
  }

  hasName(name: string): boolean {
    return this.#allNames || this.#names.has(name);
  }

  hasItem(index: number): boolean {
    return index < this.#items || this.#positions.has(index);
  }

  merge(other: Seen | undefined): void {
    if (other === undefined) return;
    for (const name of other.#names) this.#names.add(name);
    for (const index of other.#positions) this.#positions.add(index);
    this.#items = Math.max(this.#items, other.#items);
    this.#allNames ||= other.#allNames;
  }

  /** The cost of a merge. */
  get size(): number {
    return this.#names.size + this.#positions.size;
  }
}
