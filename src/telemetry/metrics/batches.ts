import { limits } from '../../config/limits.ts';

/** Runs an observation later. It must not throw. */
export type Defer = (observe: () => void) => void;

/**
 * Runs observations in batches. prom-client looks up the labels of each, which takes several times as long between the
 * steps of a request as in a row.
 */
export class Batches {
  #waiting: (() => void)[] = [];

  readonly add: Defer = (observe) => {
    if (this.#waiting.push(observe) >= limits.observedAtOnce) this.run();
  };

  /** Runs the waiting observations. */
  run(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const observe of waiting) observe();
  }
}
