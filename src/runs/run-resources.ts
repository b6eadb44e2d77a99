import type { ApiError } from '../errors/api-error.ts';
import { RunDeadline } from './run-deadline.ts';
import type { RunReport } from './run-report.ts';
import { type Slot, untilReady } from './run-slots.ts';
import { toFailure } from './to-failure.ts';

const released = Promise.resolve();

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
  begin(
    report: RunReport,
    { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  ): AbortSignal | Promise<AbortSignal> {
    const start = () => {
      report.begin();
      return this.limit(signal, timeoutMs);
    };
    const refuse = (reason: unknown) => {
      throw report.fail(toFailure(reason, signal));
    };
    const ready = this.untilReady(signal);
    return ready === undefined ? start() : ready.then(start, refuse);
  }

  /** Returns a promise for the slot; `undefined` if it is free. Rejects when the signal aborts or the run is stopped first. */
  untilReady(signal: AbortSignal): Promise<void> | undefined {
    return this.slot?.ready === undefined ? undefined : this.#wait(this.slot, signal);
  }

  async #wait(slot: Slot, signal: AbortSignal): Promise<void> {
    using waiting = new RunDeadline(signal, undefined);
    this.#waiting = waiting;
    await untilReady(slot, waiting.signal);
  }

  /** Stops the agent of a failed run, even when nothing reads its answer, or the wait for its slot. */
  stop(reason: ApiError): void {
    (this.#deadline ?? this.#waiting)?.stop(reason);
  }

  /** Idempotent. */
  [Symbol.asyncDispose](): PromiseLike<void> {
    this.#deadline?.[Symbol.dispose]();
    this.slot?.[Symbol.dispose]();
    return this.#lock?.[Symbol.asyncDispose]() ?? released;
  }
}
