import assert from 'node:assert/strict';
import { createParser } from 'eventsource-parser';
import { StoreOutOfReach } from './victim.ts';

/**
 * Reads a stream to its end, and passes the JSON of each event to `take`, which may stop early. Rejects with the errors of
 * `take` and of the connection, and when a stream ends without `[DONE]`.
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

/** Whether a stream sent an error in place of an event, because the store is unavailable. */
const isOutOfReach = (data: string): boolean =>
  data !== '[DONE]' && JSON.parse(data).error?.code === 'store_unavailable';
