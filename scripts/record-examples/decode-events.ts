import { createParser } from 'eventsource-parser';

/** The fields of events that the recordings read. Tests validate the events against the contract. */
export interface RecordedEvent {
  type?: string;
  response?: { id: string };
  choices?: { delta: { content?: string; tool_calls?: object[] } }[];
}

/** Returns the JSON of each event of a whole stream, without `[DONE]`. */
export function decodeEvents(stream: string): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  const parser = createParser({ onEvent: ({ data }) => data !== '[DONE]' && events.push(JSON.parse(data)) });
  parser.feed(stream);
  return events;
}
