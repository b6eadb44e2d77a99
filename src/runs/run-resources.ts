import type { ApiError } from '../errors/api-error.ts';
import { RunDeadline } from './run-deadline.ts';
import type { Slot } from './run-slots.ts';

/** Everything that a run holds until it ends: its slot, its deadline, and the lock of its conversation. */
export class RunResources implements AsyncDisposable {
  slot: Slot | undefined;
  readonly #lock: AsyncDisposable | undefined;
  #deadline: RunDeadline | undefined;

  constructor(lock?: AsyncDisposable) {
    this.#lock = lock;
  }

  /** Starts the deadline at the first call. Returns a signal that aborts with the caller's, or when the time is up. */
  limit(signal: AbortSignal, timeoutMs: number): AbortSignal {
    this.#deadline ??= new RunDeadline(signal, timeoutMs);
    return this.#deadline.signal;
  }

  /** Stops the agent of a failed run, even when nothing reads its answer. */
  stop(reason: ApiError): void {
    this.#deadline?.stop(reason);
  }

  /** Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#deadline?.[Symbol.dispose]();
    this.slot?.[Symbol.dispose]();
    await this.#lock?.[Symbol.asyncDispose]();
  }
}
