import { TalariaError } from './talaria-error.ts';
import type { Schemas } from './types.ts';

type ResponseEvent = Schemas['ResponseStreamEvent'];

export interface ReconnectOptions {
  /** How often in a row to connect anew without a single new event in between. 5 when it is left out. */
  maxReconnects?: number | undefined;
  /** Milliseconds before the first of them; twice as long before each further one, at most 10 s. 500 when it is left out. */
  reconnectDelay?: number | undefined;
}

interface FollowOptions extends ReconnectOptions {
  /** The stream to begin with. Absent: the first one is opened too. */
  first?: AsyncIterable<ResponseEvent> | undefined;
  /** Opens the response's stream after an event. */
  open(responseId: string, startingAfter: number | undefined): AsyncIterable<ResponseEvent>;
  responseId?: string | undefined;
  startingAfter?: number | undefined;
  signal: AbortSignal | undefined;
}

const maxDelay = 10_000;

/**
 * Every event of a response once and in order, however often the connection breaks: a broken stream is opened again
 * after the last event that was seen. Ends with the event that ends the response.
 */
export async function* followResponse(options: FollowOptions): AsyncGenerator<ResponseEvent> {
  const { open, signal, maxReconnects = 5, reconnectDelay = 500 } = options;
  let { first, responseId, startingAfter } = options;
  for (let failures = 0; ; ) {
    try {
      const events = first ?? (responseId === undefined ? undefined : open(responseId, startingAfter));
      if (!events) return;
      first = undefined;
      for await (const event of events) {
        // A server may begin earlier than it was asked to.
        if (startingAfter !== undefined && event.sequence_number <= startingAfter) continue;
        if ('response' in event) responseId = event.response.id;
        startingAfter = event.sequence_number;
        failures = 0;
        yield event;
        if (isLast(event)) return;
      }
      return;
    } catch (error) {
      if (responseId === undefined || !isPassing(error) || ++failures > maxReconnects) throw error;
    }
    await sleep(Math.min(reconnectDelay * 2 ** (failures - 1), maxDelay), signal);
  }
}

function isLast({ type }: ResponseEvent): boolean {
  return type === 'response.completed' || type === 'response.incomplete' || type === 'response.failed';
}

/** What may be gone at the next attempt: a broken connection, and a server that is busy or restarting. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof TalariaError)) return false;
  if (error.status !== undefined) return [429, 502, 503, 504].includes(error.status);
  return error.code === 'connection_failed' || error.code === 'stream_interrupted';
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
