import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ApiError } from '../../src/errors/api-error.ts';
import { post, startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { createChatAgent } from './upstream/upstream-harness.ts';

/** An answer with every field that the server reads. */
const whole = {
  id: 'chatcmpl-1',
  created: 1,
  model: 'm',
  choices: [
    {
      index: 0,
      delta: {
        role: 'assistant',
        content: 'hi',
        reasoning_content: 'hm',
        reasoning: 'hm',
        refusal: 'no',
        tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
        function_call: { name: 'f', arguments: '{}' },
      },
      logprobs: {
        content: [{ token: 'hi', logprob: -1, bytes: [1], top_logprobs: [{ token: 'ho', logprob: -2, bytes: null }] }],
      },
      finish_reason: 'stop',
    },
  ],
  usage: {
    prompt_tokens: 1,
    completion_tokens: 1,
    prompt_tokens_details: { cached_tokens: 1 },
    completion_tokens_details: { reasoning_tokens: 1 },
  },
  error: null,
};

const oddValues = [null, 0, -1, 1.5, 1e300, true, '', '0', 'x', [], [null], [[7]], {}, { a: [{}] }, undefined];

/** Yields the value with one field replaced, for every field and odd value. */
function* vary(value: unknown): Generator<unknown> {
  yield* oddValues;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const odd of vary(inner)) {
      yield Array.isArray(value) ? value.with(Number(key), odd) : { ...value, [key]: odd };
    }
  }
}

/** Takes every third answer, others for each form, to limit the time of the test. */
const all = [...vary(whole)];
const choose = (remainder: number) =>
  all.flatMap((answer, number) => (number % 3 === remainder ? [{ answer, number }] : []));

/** Returns the answer to the request with its number. JSON has no infinity, but `1e999` parses as one. */
function toBody(number: number, isStream: boolean): string {
  const text = (value: unknown) => (JSON.stringify(value) ?? 'null').replace('1e+300', '1e999');
  const answer = all[number];
  if (isStream) return `data: ${text(answer)}\n\ndata: [DONE]\n\n`;
  return text(answer).replace('"delta":', '"message":');
}

suite('an upstream that sends an odd value for any field', () => {
  for (const isStream of [true, false]) {
    test(`is never a fault of the server, ${isStream ? 'streamed' : 'as JSON'}`, async () => {
      await using upstream = await startUpstream({
        answer: (request, response) => {
          const number = Number(/number (\d+)/.exec(JSON.stringify(request.body))?.[1]);
          response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
          response.end(toBody(number, isStream));
          return true;
        },
      });
      await using server = await startTalaria({ AGENT_URL: upstream.url, VALIDATE_OUTPUT: '1' });
      const faults: string[] = [];
      const answers = choose(isStream ? 0 : 1).values();
      const work = async () => {
        for (const { answer, number } of answers) {
          const content = `number ${number}`;
          const replies = await Promise.all([
            post(`${server.url}/v1/responses`, { input: content, store: false }),
            post(`${server.url}/v1/chat/completions`, { model: 'm', messages: [{ role: 'user', content }] }),
          ]);
          for (const { status } of replies) {
            if (status === 500) faults.push(JSON.stringify(answer) ?? 'undefined');
            else assert.ok([200, 400, 502].includes(status), `${status}`);
          }
        }
      };
      await Promise.all(Array.from({ length: 16 }, work));
      assert.deepEqual(faults, []);
    });
  }

  test('is harmless in its list of models', async () => {
    const model = { id: 'a', object: 'model', created: 1, owned_by: 'x' };
    let list: unknown;
    await using upstream = await startUpstream({
      answer: (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end((JSON.stringify(list) ?? '').replace('1e+300', '1e999'));
        return true;
      },
    });
    for (list of vary({ object: 'list', data: [model, { ...model, id: 'b' }] })) {
      await using agent = createChatAgent({ url: upstream.url });
      const { signal } = new AbortController();
      const models = await agent.models({ signal }).catch((error: ApiError) => {
        assert.equal(error.code, 'upstream_error', JSON.stringify(list));
        return [];
      });
      for (const { id, created, ownedBy } of models) {
        assert.ok(id !== '' && Number.isSafeInteger(created) && created >= 0 && typeof ownedBy === 'string');
      }
    }
  });

  test('is harmless in its statuses', async () => {
    await using upstream = await startUpstream({
      answer: (request, response) => {
        const status = Number(/status (\d+)/.exec(JSON.stringify(request.body))?.[1]);
        response.writeHead(status, { 'retry-after': '1e300' }).end('{"error":{"message":"","code":7,"param":[]}}');
        return true;
      },
    });
    await using server = await startTalaria({ AGENT_URL: upstream.url, VALIDATE_OUTPUT: '1' });
    for (const status of [201, 204, 304, 301, 400, 402, 406, 408, 409, 410, 418, 429, 431, 451, 499, 501, 599, 999]) {
      const reply = await post(`${server.url}/v1/responses`, { input: `status ${status}` });
      assert.notEqual(reply.status, 500, `${status}`);
      assert.equal(reply.headers.get('retry-after'), null);
    }
  });
});
