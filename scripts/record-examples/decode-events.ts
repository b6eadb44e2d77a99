import { createParser } from 'eventsource-parser';

// biome-ignore lint/suspicious/noExplicitAny: events are checked against the contract by the tests.
type Event = Record<string, any>;

/** The JSON of each event of a whole stream, without its `[DONE]`. */
export function decodeEvents(stream: string): Event[] {
  const events: Event[] = [];
  const parser = createParser({ onEvent: ({ data }) => data !== '[DONE]' && events.push(JSON.parse(data)) });
  parser.feed(stream);
  return events;
}
