import type { ApiError } from '../errors/api-error.ts';
import { RunDeadline } from './run-deadline.ts';
import type { RunReport } from './run-report.ts';
import { type Slot, untilReady } from './run-slots.ts';
import { toFailure } from './to-failure.ts';

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

  /** Waits for the slot, then starts the deadline. Returns its signal. A run that gets no slot ends with the reason. */
  async begin(
    report: RunReport,
    { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  ): Promise<AbortSignal> {
    try {
      if (this.slot) await untilReady(this.slot, signal);
    } catch (reason) {
      throw report.fail(toFailure(reason, signal));
    }
    report.begin();
    return this.limit(signal, timeoutMs);
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
