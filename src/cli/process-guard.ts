import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../config/limits.ts';
import type { Log } from '../log.ts';

/**
 * Ends the process in order after an exception or a rejection that nothing handles: logs its cause, stops the server within
 * `limits.guardMs`, and exits with code 1. A second failure in that time exits at once.
 */
export class ProcessGuard {
  /** Stops the server, once there is one. */
  stop: (() => Promise<void>) | undefined;
  readonly #log: Pick<Log, 'fatal'>;
  #isFailing = false;

  constructor(log: Pick<Log, 'fatal'>) {
    this.#log = log;
    // Node raises an unhandled rejection as an exception too.
    process.on('uncaughtException', (error, origin) => void this.#fail(error, origin));
  }

  async #fail(error: unknown, origin: string): Promise<void> {
    this.#log.fatal({ err: error, origin }, 'unhandled failure: the process ends');
    if (this.#isFailing) process.exit(1);
    this.#isFailing = true;
    const stopped = this.stop?.().catch((reason: unknown) => {
      this.#log.fatal({ err: reason }, 'failed to stop the server in order');
    });
    await Promise.race([stopped, delay(limits.guardMs)]);
    process.exit(1);
  }
}
