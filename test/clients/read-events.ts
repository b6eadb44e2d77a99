import assert from 'node:assert/strict';
import { post } from '../helpers/talaria.ts';

/** An event as sent on the wire, untyped. */
export interface WireEvent {
  type: string;
  // Its fields depend on its type. A wrong path is `undefined` and fails its assertion.
  [field: string]: ReturnType<typeof JSON.parse>;
}

/** Sends a streamed request. Returns its events without `[DONE]`. Throws for any status but 200. */
export async function streamEvents(url: string, body: object, headers: Record<string, string> = {}) {
  const reply = await post(`${url}/v1/responses`, { model: 'any-name', stream: true, ...body }, headers);
  const text = await reply.text();
  assert.equal(reply.status, 200, text);
  return readEvents(text);
}

export function readEvents(text: string): WireEvent[] {
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data));
}

/** Returns the items of `response.output_item.done`: all that Codex reads of an answer. */
export function doneItems(events: WireEvent[]): ReturnType<typeof JSON.parse>[] {
  return events.filter((event) => event.type === 'response.output_item.done').map((event) => event['item']);
}
