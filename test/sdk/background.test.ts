import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from '../../scripts/sdk/typescript/create-client.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { collect } from './collect.ts';

describe('the TypeScript client, with a background response of Talaria', () => {
  const body = { input: '/tokens 20 delay 10ms', background: true };

  test('resumes after broken connections, and receives each event once', async () => {
    await using server = await startTalaria();
    const connections = { broken: 0 };
    const client = createClient({ baseUrl: server.url, fetch: breakTwice(connections) });
    const events = await collect(client.stream('createResponse', { body, reconnectDelay: 1 }));
    assert.deepEqual(
      events.map((event) => event.sequence_number),
      events.map((_, index) => index),
    );
    assert.equal(events.at(-1)?.type, 'response.completed');
    assert.equal(connections.broken, 2);
  });

  test('is resumed by another client where the first one stopped', async () => {
    await using server = await startTalaria();
    const client = createClient({ baseUrl: server.url });
    let id = '';
    let last = -1;
    for await (const event of client.stream('createResponse', { body })) {
      if ('response' in event) id = event.response.id;
      last = event.sequence_number;
      if (event.type === 'response.output_text.delta') break;
    }
    const rest = await collect(createClient({ baseUrl: server.url }).resume(id, { startingAfter: last }));
    assert.equal(rest[0]?.sequence_number, last + 1);
    assert.equal(rest.at(-1)?.type, 'response.completed');
    const whole = await collect(client.resume(id));
    assert.deepEqual(whole.slice(last + 1), rest);
  });
});

/** Breaks the first two streams after some of their bytes. */
function breakTwice(connections: { broken: number }): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await fetch(request);
    if (!response.body || connections.broken === 2) return response;
    connections.broken += 1;
    let length = 0;
    const breaking = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        length += chunk.byteLength;
        controller.enqueue(chunk);
        if (length > 4000) controller.error(new TypeError('broken'));
      },
    });
    return new Response(response.body.pipeThrough(breaking), response);
  };
}
