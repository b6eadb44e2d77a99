/** What an item of a list carries: its neighbours, while it is in the list. */
export interface RecencyLinks<Item> {
  older: Item | undefined;
  newer: Item | undefined;
}

/**
 * Items in order of use. Every call costs the same however long the list is; a `Map` that is deleted from and set
 * again for each use costs ten times as much at ten thousand entries, because it is rebuilt over and over.
 */
export class RecencyList<Item extends RecencyLinks<Item>> {
  #oldest: Item | undefined;
  #newest: Item | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get oldest(): Item | undefined {
    return this.#oldest;
  }

  /** Adds an item that is not in the list, as the most recent. */
  add(item: Item): void {
    item.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = item;
    else this.#newest.newer = item;
    this.#newest = item;
    this.#size += 1;
  }

  /** Removes an item that is in the list. */
  remove(item: Item): void {
    if (item.older === undefined) this.#oldest = item.newer;
    else item.older.newer = item.newer;
    if (item.newer === undefined) this.#newest = item.older;
    else item.newer.older = item.older;
    item.older = undefined;
    item.newer = undefined;
    this.#size -= 1;
  }

  makeMostRecent(item: Item): void {
    if (item === this.#newest) return;
    this.remove(item);
    this.add(item);
  }
}
