import { ApiFailure } from '../api/failure.ts';
import { toDelay } from './to-delay.ts';

export interface Polling<T> {
  load(signal: AbortSignal): Promise<T>;
  onValue(value: T): void;
  onFailure(failure: ApiFailure): void;
  intervalMs: number;
}

export interface Poll {
  /** Loads at once. */
  refresh(): void;
  stop(): void;
}

/** Loads a value again and again: less often while the tab is hidden or requests fail, at once when it is shown. */
export function startPoll<T>({ load, onValue, onFailure, intervalMs }: Polling<T>): Poll {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let failures = 0;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    round += 1;
    const current = round;
    const isCurrent = () => current === round && !abort.signal.aborted;
    try {
      const value = await load(abort.signal);
      if (!isCurrent()) return;
      failures = 0;
      onValue(value);
    } catch (error) {
      if (!isCurrent()) return;
      failures += 1;
      onFailure(ApiFailure.from(error));
    }
    timer = setTimeout(refresh, toDelay(intervalMs, failures, document.hidden));
  };
  const refresh = (): void => void run();
  const onVisible = (): void => {
    if (!document.hidden) refresh();
  };
  document.addEventListener('visibilitychange', onVisible);
  refresh();
  return {
    refresh,
    stop() {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}
