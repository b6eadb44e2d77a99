/** Notifies the watchers of added webhooks within this process. */
export class WebhookWatchers {
  readonly #watchers = new Set<() => void>();

  watch(onAdded: () => void): Disposable {
    this.#watchers.add(onAdded);
    return { [Symbol.dispose]: () => void this.#watchers.delete(onAdded) };
  }

  /** Call this after the webhooks can be taken. */
  notify(): void {
    for (const call of this.#watchers) call();
  }
}
