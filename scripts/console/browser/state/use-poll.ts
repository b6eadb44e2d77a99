import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api/failure.ts';
import { key } from '../api/session.ts';
import { type Poll, startPoll } from './poll.ts';
import { useStore } from './store.ts';

export interface Polled<T> {
  /** The last loaded value. It stays while requests fail. */
  value: T | undefined;
  failure: ApiFailure | undefined;
  refresh(): void;
}

/** Polls while the component is shown. Starts from scratch when the subject or the signed-in key changes. */
export function usePoll<T>(load: (signal: AbortSignal) => Promise<T>, subject: string, intervalMs = 1000): Polled<T> {
  const signedIn = useStore(key);
  const [state, setState] = useState<{ subject: string; value?: T; failure?: ApiFailure }>({ subject });
  const poll = useRef<Poll>(null);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const started = startPoll<T>({
      load: (signal) => latest.current(signal),
      onValue: (value) => setState({ subject, value }),
      onFailure: (failure) =>
        setState((before) => (before.subject === subject ? { ...before, failure } : { subject, failure })),
      intervalMs,
    });
    poll.current = started;
    return () => started.stop();
  }, [subject, signedIn, intervalMs]);
  const { value, failure } = state.subject === subject ? state : {};
  return { value, failure, refresh: () => poll.current?.refresh() };
}
