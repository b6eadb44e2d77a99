import { createSseReader } from '../../../docs/browser/read-sse.ts';
import { ApiFailure } from '../api/failure.ts';
import { streamAnyResponse } from '../api/operations.ts';
import type { StreamEvent } from './transcript.ts';

export interface Following {
  id: string;
  signal: AbortSignal;
  /** Returns whether the event ends the stream. */
  onEvent(event: StreamEvent): boolean;
  /** Called when the connection is lost and when it is back. */
  onConnection(isConnected: boolean): void;
}

const retryMs = 1000;
const maxRetryMs = 15_000;

/**
 * Follows the events of a response to the terminal one. Resumes after the last event when the connection is lost. Throws
 * `ApiFailure` if the server refuses.
 */
export async function followResponse({ id, signal, onEvent, onConnection }: Following): Promise<void> {
  let last = -1;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const reply = await streamAnyResponse(id, last, signal);
      onConnection(true);
      let hasEnded = false;
      await readEvents(reply, (event) => {
        failures = 0;
        last = event.sequence_number;
        hasEnded = onEvent(event) || hasEnded;
      });
      if (hasEnded) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiFailure && error.status !== 0 && error.status < 500) throw error;
    }
    onConnection(false);
    await pause(Math.min(retryMs * 2 ** failures, maxRetryMs), signal);
    failures += 1;
  }
}

async function readEvents({ body }: Response, onEvent: (event: StreamEvent) => void): Promise<void> {
  if (!body) return;
  const read = createSseReader(({ data }) => {
    if (data !== '[DONE]') onEvent(JSON.parse(data));
  });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) read(next.value);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
