import { createParser } from 'eventsource-parser';
import { createClientError, readErrorDetail, TalariaError } from './talaria-error.ts';

interface ReadOptions {
  /** The maximum length of an event in characters. A longer one ends the stream with `event_too_long`. */
  maxEventLength: number;
  requestId: string | undefined;
}

/**
 * Yields the JSON of each event of a stream. Reads the body only as fast as the events are consumed, and cancels it when
 * the consumer stops.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, options: ReadOptions): AsyncGenerator<unknown> {
  const { maxEventLength, requestId } = options;
  let pending: string[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: ({ data }) => {
      tooLong ||= data.length > maxEventLength;
      if (!tooLong) pending.push(data);
    },
    onError: ({ type }) => {
      tooLong ||= type === 'max-buffer-size-exceeded';
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await readChunk(reader);
      if (done) throw createClientError('stream_interrupted', 'The stream ended without [DONE].');
      parser.feed(decoder.decode(value, { stream: true }));
      const events = pending;
      pending = [];
      for (const data of events) {
        if (data === '[DONE]') return;
        yield toEvent(data, requestId);
      }
      if (tooLong) throw createClientError('event_too_long', `An event is longer than ${maxEventLength} characters.`);
    }
  } finally {
    // Fails only if the stream has already failed.
    await reader.cancel().catch(() => {});
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (cause) {
    throw createClientError('stream_interrupted', 'The connection broke during the stream.', cause);
  }
}

function toEvent(data: string, requestId: string | undefined): unknown {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch (cause) {
    throw createClientError('invalid_event', `An event is not JSON: ${data.slice(0, 100)}`, cause);
  }
  const detail = readErrorDetail(event);
  if (detail) throw new TalariaError(detail, { requestId });
  return event;
}
