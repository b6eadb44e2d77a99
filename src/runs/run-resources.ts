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
  /** Stops the wait for the slot. */
  #waiting: RunDeadline | undefined;

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
      await this.untilReady(signal);
    } catch (reason) {
      throw report.fail(toFailure(reason, signal));
    }
    report.begin();
    return this.limit(signal, timeoutMs);
  }

  /** Waits for the slot. Rejects when the signal aborts or the run is stopped first. */
  async untilReady(signal: AbortSignal): Promise<void> {
    if (this.slot?.ready === undefined) return;
    using waiting = new RunDeadline(signal, undefined);
    this.#waiting = waiting;
    await untilReady(this.slot, waiting.signal);
  }

  /** Stops the agent of a failed run, even when nothing reads its answer, or the wait for its slot. */
  stop(reason: ApiError): void {
    (this.#deadline ?? this.#waiting)?.stop(reason);
  }

  /** Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#deadline?.[Symbol.dispose]();
    this.slot?.[Symbol.dispose]();
    await this.#lock?.[Symbol.asyncDispose]();
  }
}
