import type { RunId } from '../run-store.ts';

/** Who waits for changes of which run, within this process. */
export class RunWatchers {
  readonly #watchers = new Map<string, Set<() => void>>();

  watch(id: RunId, onChange: () => void): Disposable {
    // One function may watch twice: each watch ends alone.
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

  /** To be called once a change can be read. */
  notify(id: string): void {
    const watchers = this.#watchers.get(id);
    if (watchers === undefined) return;
    // One that is disposed by the call of another is no longer in the set, and is not called.
    for (const call of watchers) call();
  }

  /** When nobody knows which ones have changed. */
  notifyAll(): void {
    for (const id of [...this.#watchers.keys()]) this.notify(id);
  }

  clear(): void {
    this.#watchers.clear();
  }
}
