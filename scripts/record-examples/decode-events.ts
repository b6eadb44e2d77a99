import { createParser } from 'eventsource-parser';

/** Of what events hold, what scenes look at; the tests check events against the contract. */
export interface RecordedEvent {
  type?: string;
  response?: { id: string };
  choices?: { delta: { content?: string; tool_calls?: object[] } }[];
}

/** The JSON of each event of a whole stream, without its `[DONE]`. */
export function decodeEvents(stream: string): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  const parser = createParser({ onEvent: ({ data }) => data !== '[DONE]' && events.push(JSON.parse(data)) });
  parser.feed(stream);
  return events;
}
