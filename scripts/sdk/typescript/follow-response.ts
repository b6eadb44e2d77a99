import { TalariaError } from './talaria-error.ts';
import type { Schemas } from './types.ts';

type ResponseEvent = Schemas['ResponseStreamEvent'];

export interface ReconnectOptions {
  /** How many consecutive reconnects without a new event to attempt. Default: 5. */
  maxReconnects?: number | undefined;
  /** Milliseconds before the first reconnect. Doubles with each further one, up to 10 s. Default: 500. */
  reconnectDelay?: number | undefined;
}

interface FollowOptions extends ReconnectOptions {
  /** The initial stream. Omitted: it is opened as well. */
  first?: AsyncIterable<ResponseEvent> | undefined;
  /** Opens the response's stream after the given event. */
  open(responseId: string, startingAfter: number | undefined): AsyncIterable<ResponseEvent>;
  responseId?: string | undefined;
  startingAfter?: number | undefined;
  signal: AbortSignal | undefined;
}

const maxDelay = 10_000;

/**
 * Yields every event of a response once and in order. If the connection breaks, reopens the stream after the last
 * received event. Ends with the terminal event.
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
        // A server can start earlier than requested.
        if (startingAfter !== undefined && event.sequence_number <= startingAfter) continue;
        if ('response' in event) responseId = event.response.id;
        startingAfter = event.sequence_number;
        failures = 0;
        yield event;
        if (isTerminal(event)) return;
      }
      return;
    } catch (error) {
      if (responseId === undefined || !isTransient(error) || ++failures > maxReconnects) throw error;
    }
    await sleep(Math.min(reconnectDelay * 2 ** (failures - 1), maxDelay), signal);
  }
}

function isTerminal({ type }: ResponseEvent): boolean {
  return type === 'response.completed' || type === 'response.incomplete' || type === 'response.failed';
}

/** Whether a retry can succeed: the connection broke, or the server is busy or restarting. */
function isTransient(error: unknown): boolean {
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
