import type { RunId } from '../run-store.ts';

/** Does the actions of one run one after the other, in the order in which they were added; those of others meanwhile. */
export class RunQueue {
  /** The last action of each run with one under way. */
  readonly #last = new Map<RunId, Promise<unknown>>();

  add<Result>(id: RunId, action: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(id);
    const result = before === undefined ? action() : before.then(action, action);
    this.#last.set(id, result);
    const done = () => {
      if (this.#last.get(id) === result) this.#last.delete(id);
    };
    result.then(done, done);
    return result;
  }
}
