import type { RunId } from '../run-store.ts';

/** Notifies the watchers of runs within this process. */
export class RunWatchers {
  readonly #watchers = new Map<string, Set<() => void>>();

  watch(id: RunId, onChange: () => void): Disposable {
    // A wrapper, because the same function may watch twice and each watch is disposed on its own.
    const call = () => onChange();
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(call));
    return {
      [Symbol.dispose]: () => {
        watchers.delete(call);
        if (watchers.size === 0 && this.#watchers.get(id) === watchers) this.#watchers.delete(id);
      },
    };
  }

  /** Call this after the change is readable. */
  notify(id: string): void {
    const watchers = this.#watchers.get(id);
    if (watchers === undefined) return;
    // A watcher that is disposed during the loop leaves the set and is not called.
    for (const call of watchers) call();
  }

  /** Notifies all watchers, when changes may have been missed. */
  notifyAll(): void {
    for (const id of this.watched()) this.notify(id);
  }

  /** Returns the ids of watched runs. */
  watched(): string[] {
    return [...this.#watchers.keys()];
  }

  clear(): void {
    this.#watchers.clear();
  }
}
