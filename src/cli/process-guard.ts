import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../config/limits.ts';
import type { Log } from '../log.ts';

/**
 * Shuts the process down after an unhandled exception or rejection: logs it, stops the server within `limits.guardMs`, and
 * exits with code 1. A second failure during the shutdown exits at once.
 */
export class ProcessGuard {
  /** Stops the server; `undefined` before it has started. */
  stop: (() => Promise<void>) | undefined;
  readonly #log: Pick<Log, 'fatal'>;
  #isFailing = false;

  constructor(log: Pick<Log, 'fatal'>) {
    this.#log = log;
    // Node also raises unhandled rejections as exceptions.
    process.on('uncaughtException', (error, origin) => void this.#fail(error, origin));
  }

  async #fail(error: unknown, origin: string): Promise<void> {
    this.#log.fatal({ err: error, origin }, 'unhandled failure, exiting');
    if (this.#isFailing) process.exit(1);
    this.#isFailing = true;
    const stopped = this.stop?.().catch((reason: unknown) => {
      this.#log.fatal({ err: reason }, 'failed to stop the server');
    });
    await Promise.race([stopped, delay(limits.guardMs)]);
    process.exit(1);
  }
}
