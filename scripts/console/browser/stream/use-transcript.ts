import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiFailure } from '../api/failure.ts';
import { getAnyResponse } from '../api/operations.ts';
import { key } from '../api/session.ts';
import type { Item } from '../api/types.ts';
import { useStore } from '../state/store.ts';
import { followResponse } from './follow-response.ts';
import { applyEvent, emptyTranscript, type Transcript } from './transcript.ts';

export interface Followed {
  transcript: Transcript;
  isConnected: boolean;
  failure: ApiFailure | undefined;
}

/**
 * Follows the events of a response, or reads it once if its events are gone: again when its state changes. Renders at
 * most once a frame.
 */
export function useTranscript(id: string, hasEvents: boolean, state: string): Followed {
  const signedIn = useStore(key);
  const transcript = useRef<Transcript>(emptyTranscript());
  const [, render] = useState(0);
  const [isConnected, setConnected] = useState(true);
  const [failure, setFailure] = useState<ApiFailure>();
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const current = emptyTranscript();
    transcript.current = current;
    setFailure(undefined);
    let frame = 0;
    const renderSoon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        render((count) => count + 1);
      });
    };
    const onEvent: Parameters<typeof followResponse>[0]['onEvent'] = (event) => {
      applyEvent(current, event);
      renderSoon();
      return current.hasEnded;
    };
    const follow = () => followResponse({ id, signal, onEvent, onConnection: setConnected });
    const readIfExpired = (error: unknown) => {
      if (ApiFailure.from(error).status !== 410) throw error;
      return readOnce(current, id, signal);
    };
    const load = async () => {
      try {
        await (hasEvents ? follow().catch(readIfExpired) : readOnce(current, id, signal));
      } catch (error) {
        if (!signal.aborted) setFailure(ApiFailure.from(error));
      }
      renderSoon();
    };
    void load();
    return () => {
      abort.abort();
      cancelAnimationFrame(frame);
    };
  }, [id, hasEvents, hasEvents ? '' : state, signedIn]);
  return { transcript: transcript.current, isConnected, failure };
}

async function readOnce(transcript: Transcript, id: string, signal: AbortSignal): Promise<void> {
  const response = await getAnyResponse(id, signal);
  transcript.response = response;
  transcript.items = response.output as Item[];
  transcript.hasEnded = true;
}
