import type { RunId } from '../run-store.ts';

/** Runs the actions of each run one at a time, in the order of the calls. Different runs do not wait for each other. */
export class RunQueue {
  /** The last pending action of each run. */
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
