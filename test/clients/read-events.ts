import assert from 'node:assert/strict';
import { post } from '../helpers/talaria.ts';

/** An event as it was on the wire, before any client's types. */
export interface WireEvent {
  type: string;
  // What is read of it depends on its type; a wrong path is `undefined` and fails the assertion that reads it.
  [field: string]: ReturnType<typeof JSON.parse>;
}

/** Sends a streamed request and gives its events without `[DONE]`. Fails for any status but 200. */
export async function streamEvents(url: string, body: object, headers: Record<string, string> = {}) {
  const reply = await post(`${url}/v1/responses`, { model: 'any-name', stream: true, ...body }, headers);
  const text = await reply.text();
  assert.equal(reply.status, 200, text);
  return readEvents(text);
}

export function readEvents(text: string): WireEvent[] {
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data));
}

/** The items that `response.output_item.done` carried: all that Codex reads of an answer. */
export function doneItems(events: WireEvent[]): ReturnType<typeof JSON.parse>[] {
  return events.filter((event) => event.type === 'response.output_item.done').map((event) => event['item']);
}
