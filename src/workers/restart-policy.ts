import { limits } from '../config/limits.ts';

/** Decides when a dead worker is replaced. */
export class RestartPolicy {
  #earlyDeaths = 0;

  /**
   * Returns the pause before the replacement, in milliseconds. `undefined`: workers die again and again, and none has
   * proved stable.
   */
  next(livedMs: number, ageOfOldestMs: number): number | undefined {
    this.#earlyDeaths = livedMs < limits.workerStableMs ? this.#earlyDeaths + 1 : 1;
    if (this.#earlyDeaths < limits.workerDeaths) return this.#pause(this.#earlyDeaths);
    return ageOfOldestMs < limits.workerStableMs ? undefined : this.#pause(limits.workerDeaths);
  }

  #pause(deaths: number): number {
    return limits.workerRestartMs * 2 ** (deaths - 1);
  }
}
