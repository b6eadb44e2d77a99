import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from '../errors/api-error.ts';

/** Returns the error of an aborted run: the signal's reason when it is an `ApiError`, else `request_cancelled`. */
export function toAbortError({ reason }: AbortSignal): ApiError {
  if (reason instanceof ApiError) return reason;
  return new ApiError('request_cancelled', 'The request was cancelled.', { cause: reason });
}

/** Throws the error of the run when its signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw toAbortError(signal);
}

/** Waits for a time. Rejects with the error of the run as soon as its signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  throwIfAborted(signal);
}

/** Settles like the promise, or rejects when the signal aborts first. The work behind the promise continues. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(toAbortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject);
  });
}
