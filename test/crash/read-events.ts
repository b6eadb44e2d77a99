import assert from 'node:assert/strict';
import { createParser } from 'eventsource-parser';
import { StoreOutOfReach } from './victim.ts';

/**
 * Reads a stream to its end and hands over the JSON of each event as it comes; stops early when `take` says so. Rejects
 * with what `take` throws, with what breaks the connection, and when a stream ends that has not said that it is done.
 */
export async function readEvents(response: Response, take: (json: string) => 'stop' | undefined): Promise<void> {
  assert.equal(response.status, 200, await (response.status === 200 ? '' : response.text()));
  const waiting: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => waiting.push(data) });
  const decoder = new TextDecoder();
  let last = '';
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const data of waiting.splice(0)) {
      last = data;
      if (isOutOfReach(data)) throw new StoreOutOfReach(data);
      if (data !== '[DONE]' && take(data) === 'stop') return;
    }
  }
  assert.equal(last, '[DONE]', `the stream ended with ${last}`);
}

/** What a stream says in place of an event when it can't go on. */
const isOutOfReach = (data: string): boolean =>
  data !== '[DONE]' && JSON.parse(data).error?.code === 'store_unavailable';
