import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createOutputCheck } from '../../src/contract/validate-output.ts';
import { toBatches } from '../helpers/event-batches.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { send } from '../http/send.ts';
import { dataOf } from '../http/stream-reader.ts';

const check = createOutputCheck(loadContract());
const health = { status: 'ok', platform: 'talaria', version: '1' };
const model = { id: 'm', object: 'model', created: 1, owned_by: 'o', permission: [], root: 'm', parent: null };
const delta = {
  type: 'response.output_text.delta',
  sequence_number: 3,
  item_id: 'msg_1',
  output_index: 0,
  content_index: 0,
  delta: 'Hi',
  logprobs: [],
};
const failure = { error: { message: 'No.', type: 'server_error', param: null, code: 'internal_error' } };

describe('the output check', () => {
  test('accepts valid bodies and events', () => {
    check.json('getHealth', 200, health);
    check.json('listModels', 200, { object: 'list', data: [model] });
    check.json('createResponse', 502, failure);
    check.event('createResponse', delta);
    check.event('createChatCompletion', failure);
  });

  const wrong: [name: string, attempt: () => void, complaint: RegExp][] = [
    ['a missing field', () => check.json('getHealth', 200, { ...health, status: undefined }), /getHealth 200 .*status/],
    [
      'a wrong type',
      () => check.json('listModels', 200, { object: 'list', data: [{ ...model, created: '1' }] }),
      /created/,
    ],
    ['a wrong constant', () => check.json('listModels', 200, { object: 'lists', data: [] }), /object/],
    ["another operation's body", () => check.json('getHealth', 200, model), /breaks the contract/],
    ['an error without its envelope', () => check.json('createResponse', 500, { message: 'No.' }), /error/],
    ['an envelope without its code', () => check.json('getResponse', 404, { error: { message: 'No.' } }), /breaks/],
    [
      'a status that the contract does not know',
      () => check.json('getHealth', 204, failure),
      /status 204 of getHealth/,
    ],
    [
      'an event without a field',
      () => check.event('createResponse', { ...delta, item_id: undefined }),
      /createResponse/,
    ],
    ['an event without a type', () => check.event('createResponse', { ...delta, type: undefined }), /breaks/],
    ['an event of the other API', () => check.event('createChatCompletion', delta), /breaks the contract/],
    ['an event where there is no stream', () => check.event('getHealth', health), /no text\/event-stream/],
  ];
  test('lets the events and items of other types pass', () => {
    const item = { type: 'quantum_call', id: 'q' };
    check.event('createResponse', { type: 'response.odd', sequence_number: 1 });
    check.event('createResponse', { type: 'response.output_item.done', sequence_number: 1, output_index: 0, item });
  });

  for (const [name, attempt, complaint] of wrong) {
    test(`catches ${name}`, () => assert.throws(attempt, complaint));
  }

  test('passes a stream on batch by batch, and fails before an invalid event is sent', async () => {
    const { sequence_number: _, ...broken } = delta;
    async function* events(): AsyncGenerator<object[]> {
      yield [delta, { ...delta, sequence_number: 4 }];
      yield [{ ...delta, sequence_number: 5 }, broken];
    }
    const seen: (readonly object[])[] = [];
    const read = async () => {
      for await (const batch of check.stream('createResponse', toBatches(events()))) seen.push(batch.events);
    };
    await assert.rejects(read, /createResponse 200 text\/event-stream breaks the contract/);
    assert.deepEqual(seen, [[delta, { ...delta, sequence_number: 4 }]]);
  });

  test('ends the producer when its reader leaves', async () => {
    let released = false;
    async function* events(): AsyncGenerator<object[]> {
      try {
        for (;;) yield [delta];
      } finally {
        released = true;
      }
    }
    for await (const _ of check.stream('createResponse', toBatches(events()))) break;
    assert.equal(released, true);
  });
});

test('a server with VALIDATE_OUTPUT=1 serves normal turns of every kind', async () => {
  await using server = await startTalaria({ VALIDATE_OUTPUT: '1' });
  const script = '/reason First I think.\n/call get_weather {"city":"Paris"}\n/say Done.';
  const messages = [{ role: 'user', content: script }];
  for (const [path, body] of [
    ['/v1/responses', { input: script }],
    ['/v1/chat/completions', { messages }],
  ] as const) {
    const plain = await send(server.url + path, { body });
    assert.equal(plain.status, 200, plain.text);
    const streamed = await send(server.url + path, { body: { ...body, stream: true } });
    assert.equal(streamed.status, 200);
    assert.equal(dataOf(streamed.text).at(-1), '[DONE]');
    assert.doesNotMatch(streamed.text, /"error":\{/);
  }
  for (const path of ['/health', '/ready', '/v1/models']) assert.equal((await send(server.url + path)).status, 200);
});
