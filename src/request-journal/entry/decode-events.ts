import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { createSseDecoder } from '../../sse/decode-sse.ts';

export interface DecodedStream {
  /** The events that are JSON objects. */
  events: Record<string, unknown>[];
  /** All events, `[DONE]` excluded. */
  count: number;
}

/** Decodes the text of a stream. It may end anywhere, and a rule may have broken its events. */
export function decodeEvents(text: string): DecodedStream {
  const events: Record<string, unknown>[] = [];
  let count = 0;
  const decoder = createSseDecoder({
    maxEventBytes: text.length + 1,
    onEvent(data) {
      if (data === '[DONE]') return;
      count += 1;
      const event = tryParseJson(data);
      if (isObject(event)) events.push(event);
    },
  });
  decoder.feed(Buffer.from(text));
  return { events, count };
}
