/** Which recorded answer a question gets, and how it comes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { AgentEvent, AgentMessage, AgentRequest } from '../../../src/agent/agent-client.ts';
import { createReplayAgent } from '../../../src/agent/replay/replay-agent.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import type { RecordedExchange, RecordedRead } from '../../../src/recording/recording.ts';

const folder = mkdtempSync(join(tmpdir(), 'talaria-replay-'));
after(() => rmSync(folder, { recursive: true }));

const header = { talaria: 'recording', version: 1, upstream: 'http://x/v1', created: '2026-11-25T00:00:00.000Z' };
const { signal } = new AbortController();

function createAgent(exchanges: Partial<RecordedExchange>[], pace: 'none' | 'recorded' = 'none') {
  const file = join(folder, 'recording.jsonl');
  const lines = exchanges.map((exchange, index) => ({
    exchange: index + 1,
    milliseconds: 5,
    ended: 'complete',
    ...exchange,
  }));
  writeFileSync(file, [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return createReplayAgent({ file, pace });
}

const message = { headers: [], bytes: 1 };
type Body = Record<string, unknown>;

function chat(body: Body, content: string): Partial<RecordedExchange> {
  const json = { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }] };
  return {
    request: { ...message, method: 'POST', path: '/v1/chat/completions', json: body },
    response: { ...message, status: 200, json },
  };
}

function respond(body: Body, response: Body, more: Partial<RecordedExchange> = {}): Partial<RecordedExchange> {
  return {
    request: { ...message, method: 'POST', path: '/v1/responses', json: body },
    response: { ...message, status: 200, json: response },
    ...more,
  };
}

const said = (text: string) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });
const user = (text: string): AgentMessage => ({ role: 'user', content: [{ type: 'text', text }] });
const chatUser = (content: string) => ({ role: 'user', content });

function ask(messages: AgentMessage[], more: Partial<AgentRequest> = {}): AgentRequest {
  return { messages, tools: [], toolChoice: 'auto', settings: {}, sessionId: 's', watched: true, ...more };
}

type Agent = ReturnType<typeof createAgent>;

async function eventsOf(agent: Agent, request: AgentRequest): Promise<AgentEvent[]> {
  const events: AgentEvent[] = [];
  for await (const batch of await agent.run(request, { signal })) events.push(...batch);
  return events;
}

async function textOf(agent: Agent, request: AgentRequest): Promise<string> {
  const events = await eventsOf(agent, request);
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}

describe('which answer', () => {
  test('the one to the same messages, whatever the order they are asked in', async () => {
    const agent = createAgent([
      chat({ messages: [chatUser('a')] }, '1'),
      chat({ messages: [{ role: 'system', content: 'Be brief.' }, chatUser('a')] }, '2'),
      chat({ messages: [chatUser('b'), { role: 'assistant', content: 'x' }, chatUser('a')] }, '3'),
    ]);
    const longer = [user('b'), { role: 'assistant' as const, content: user('x').content, toolCalls: [] }, user('a')];
    assert.equal(await textOf(agent, ask(longer)), '3');
    assert.equal(await textOf(agent, ask([user('a')], { instructions: 'Be brief.' })), '2');
    assert.equal(await textOf(agent, ask([user('a')])), '1');
  });

  test('asked again, several answers to one question take turns', async () => {
    const agent = createAgent(['1', '2'].map((text) => chat({ messages: [chatUser('a')] }, text)));
    const texts = [];
    for (let count = 0; count < 4; count++) texts.push(await textOf(agent, ask([user('a')])));
    assert.deepEqual(texts, ['1', '2', '1', '2']);
  });

  test('the model and the tools distinguish questions', async () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const agent = createAgent([
      chat({ model: 'a', messages: [chatUser('x')] }, 'by a'),
      chat({ model: 'b', messages: [chatUser('x')] }, 'by b'),
      chat({ model: 'b', messages: [chatUser('x')], tools }, 'by b with a tool'),
    ]);
    assert.equal(await textOf(agent, ask([user('x')], { model: 'b', tools: [{ name: 'f' }] })), 'by b with a tool');
    assert.equal(await textOf(agent, ask([user('x')], { model: 'b' })), 'by b');
    assert.equal(await textOf(agent, ask([user('x')])), 'by a');
  });

  test('else the next to the same last message, each once; steps of a tool loop by who spoke last', async () => {
    const call = { id: 'c', type: 'function', function: { name: 'now', arguments: '{}' } };
    const loop = [chatUser('time?'), { role: 'assistant', content: null, tool_calls: [call] }];
    const agent = createAgent([
      chat({ messages: [chatUser('time?')] }, 'a call'),
      chat({ messages: [...loop, { role: 'tool', tool_call_id: 'c', content: '10:00' }] }, 'it is ten'),
      chat({ messages: [...loop, { role: 'tool', tool_call_id: 'c', content: '11:00' }] }, 'it is eleven'),
    ]);
    const later: AgentMessage[] = [
      user('time?'),
      { role: 'assistant', content: [], toolCalls: [{ callId: 'other', name: 'now', arguments: '{}' }] },
      { role: 'tool', callId: 'other', content: [{ type: 'text', text: '23:59' }] },
    ];
    assert.equal(await textOf(agent, ask(later)), 'it is ten');
    assert.equal(await textOf(agent, ask(later)), 'it is eleven');
    assert.equal(await textOf(agent, ask([user('time?')])), 'a call');
  });

  test('what was taken out of the recording may have been anything', async () => {
    const agent = createAgent([
      chat({ messages: [chatUser('my key is [redacted], yours [redacted]!')] }, 'both'),
      chat({ messages: [chatUser('plain')] }, 'plain'),
    ]);
    assert.equal(await textOf(agent, ask([user('my key is sk-1, yours sk-2!')])), 'both');
    await assert.rejects(textOf(agent, ask([user('my key is sk-1, mine sk-2')])), { code: 'not_found' });
  });

  test('pictures, parts and older forms are compared by what they say', async () => {
    const parts = [
      { type: 'text', text: 'see' },
      { type: 'image_url', image_url: { url: 'data:a' } },
    ];
    const older = { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } };
    const agent = createAgent([
      chat({ messages: [{ role: 'user', content: parts }] }, 'a picture'),
      chat(
        { messages: [chatUser('x'), older, { role: 'function', name: 'f', content: 'y' }], functions: [{ name: 'f' }] },
        'older',
      ),
    ]);
    const seen: AgentMessage = {
      role: 'user',
      content: [
        { type: 'text', text: 'see' },
        { type: 'image', url: 'data:a' },
      ],
    };
    assert.equal(await textOf(agent, ask([seen])), 'a picture');
    const called: AgentMessage = {
      role: 'assistant',
      content: [],
      toolCalls: [{ callId: 'f', name: 'f', arguments: '{}' }],
    };
    const result: AgentMessage = { role: 'tool', callId: 'f', content: [{ type: 'text', text: 'y' }] };
    assert.equal(await textOf(agent, ask([user('x'), called, result], { tools: [{ name: 'f' }] })), 'older');
  });

  test('a choice of its own for each of `n`', async () => {
    const exchange = chat({ messages: [chatUser('a')], n: 2 }, '');
    const choices = ['first', 'second'].map((content, index) => ({
      index,
      message: { content },
      finish_reason: 'stop',
    }));
    const agent = createAgent([{ ...exchange, response: { ...message, status: 200, json: { choices } } }]);
    assert.equal(await textOf(agent, ask([user('a')])), 'first');
    assert.equal(await textOf(agent, ask([user('a')])), 'second');
  });

  test('an answer that its client did not wait for is skipped; the error shows the question and the recorded ones', async () => {
    const agent = createAgent([
      { ...chat({ messages: [chatUser('left')] }, 'x'), ended: 'client-left' },
      chat({ messages: [chatUser('here')] }, 'y'),
    ]);
    const ofLeft = textOf(agent, ask([user('left')], { model: 'm' }));
    await assert.rejects(ofLeft, (error: unknown) => {
      assert.ok(error instanceof ApiError);
      assert.equal(error.status, 404);
      const asked = 'The recording has no answer to "left" by the model \'m\' (messages: 1, tools: 0).';
      assert.equal(error.message, `${asked} It has answers to "here".`);
      return true;
    });
    assert.equal(await textOf(agent, ask([user('here')])), 'y');
    const other = textOf(agent, ask([user('here')], { instructions: 'other' }));
    await assert.rejects(other, /have been used \(exchange 2\)/);
  });
});

describe('history of Responses', () => {
  const first = respond({ input: 'a' }, { id: 'resp_1', status: 'completed', output: [said('A')] });

  test('a chain, items that are named by their id, and a fork', async () => {
    const agent = createAgent([
      first,
      respond(
        { input: 'b', previous_response_id: 'resp_1' },
        { id: 'resp_2', status: 'completed', output: [said('B')] },
      ),
      respond(
        { input: [{ type: 'input_text', text: 'c' }], previous_response_id: 'resp_1' },
        { id: 'resp_3', status: 'completed', output: [said('C')] },
      ),
    ]);
    const answered: AgentMessage = { role: 'assistant', content: user('A').content, toolCalls: [] };
    assert.equal(await textOf(agent, ask([user('a'), answered, user('c')])), 'C');
    assert.equal(await textOf(agent, ask([user('a'), answered, user('b')])), 'B');
  });

  test('a conversation, with the items it was given', async () => {
    const created: Partial<RecordedExchange> = {
      request: {
        ...message,
        method: 'POST',
        path: '/v1/conversations',
        json: { items: [{ role: 'user', content: 'before' }] },
      },
      response: { ...message, status: 200, json: { id: 'conv_1' } },
    };
    const agent = createAgent([
      created,
      respond(
        { input: 'a', conversation: { id: 'conv_1' } },
        { id: 'resp_1', status: 'completed', output: [said('A')] },
      ),
      respond({ input: 'a', conversation: 'conv_1' }, { id: 'resp_2', status: 'completed', output: [said('again')] }),
    ]);
    const answered: AgentMessage = { role: 'assistant', content: user('A').content, toolCalls: [] };
    assert.equal(await textOf(agent, ask([user('before'), user('a'), answered, user('a')])), 'again');
    assert.equal(await textOf(agent, ask([user('before'), user('a')])), 'A');
  });

  test('one that ran in the background is answered with what it was found to be later', async () => {
    const agent = createAgent([
      respond({ input: 'a', background: true }, { id: 'resp_1', status: 'queued', output: [] }),
      {
        request: { ...message, method: 'GET', path: '/v1/responses/resp_1' },
        response: { ...message, status: 200, json: { id: 'resp_1', status: 'completed', output: [said('late')] } },
      },
    ]);
    assert.equal(await textOf(agent, ask([user('a')])), 'late');
  });
});

describe('events of Responses', () => {
  function streamed(events: Body[], more: Partial<RecordedRead> = {}): Partial<RecordedExchange> {
    const stream = events.map((json, index) => ({ ms: index * 10, events: [{ json }], ...more }));
    return respond({ input: 'a' }, {}, { response: { ...message, status: 200, stream } });
  }
  const completed = (output: Body[]) => ({
    type: 'response.completed',
    response: { id: 'r', status: 'completed', output },
  });

  test('of a lean server that sends only whole items, or only the end', async () => {
    const item = said('whole');
    const lean = [{ type: 'response.output_item.done', output_index: 0, item }, completed([])];
    assert.equal(await textOf(createAgent([streamed(lean)]), ask([user('a')])), 'whole');
    assert.equal(await textOf(createAgent([streamed([completed([item])])]), ask([user('a')])), 'whole');
  });

  test('a freeform call becomes the function call that it is to an agent', async () => {
    const item = { type: 'custom_tool_call', call_id: 'c', name: 'patch', input: 'a "b"\n' };
    const delta = (text: string) => ({ type: 'response.custom_tool_call_input.delta', output_index: 0, delta: text });
    const agent = createAgent([
      streamed([
        { type: 'response.output_item.added', output_index: 0, item: { ...item, input: '' } },
        ...[
          delta('a "b'),
          delta('"\n'),
          { type: 'response.output_item.done', output_index: 0, item },
          completed([item]),
        ],
      ]),
    ]);
    const events = await eventsOf(agent, ask([user('a')]));
    assert.deepEqual(
      events.map(({ type }) => type),
      [...['tool-call-start', 'tool-call-delta', 'tool-call-delta', 'tool-call-delta', 'tool-call-end', 'run-end']],
    );
    const text = events.map((event) => (event.type === 'tool-call-delta' ? event.arguments : '')).join('');
    assert.deepEqual(JSON.parse(text), { input: 'a "b"\n' });
    assert.deepEqual(events.at(-1), { type: 'run-end', reason: 'tool-calls' });
  });

  test('one that failed, and one that ends early, fail after their output', async () => {
    const delta = { type: 'response.output_text.delta', output_index: 0, delta: 'half' };
    const failed = {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'ran out' } },
    };
    for (const [events, expected] of [
      [[delta, failed], 'ran out'],
      [[delta], 'The recorded answer ended early.'],
    ] as const) {
      const batches = await createAgent([streamed([...events])]).run(ask([user('a')]), { signal });
      const seen: AgentEvent[] = [];
      await assert.rejects(
        async () => {
          for await (const batch of batches) seen.push(...batch);
        },
        { message: expected, code: 'upstream_error' },
      );
      assert.deepEqual(seen, [{ type: 'text-start' }, { type: 'text-delta', text: 'half' }]);
    }
  });

  test('come at once, in the batches of the recording; or at its pace, until aborted', async () => {
    const events = ['a', 'b', 'c'].map((delta) => ({ type: 'response.output_text.delta', output_index: 0, delta }));
    const exchange = streamed([...events, completed([])]);
    const batches: number[] = [];
    for await (const batch of await createAgent([exchange]).run(ask([user('a')]), { signal }))
      batches.push(batch.length);
    assert.deepEqual(batches, [2, 1, 1, 2]);

    const reads = exchange.response?.stream?.map((read, index) => ({ ...read, ms: index * 100 })) ?? [];
    const slow = { ...exchange, response: { ...message, status: 200, stream: reads } };
    const began = performance.now();
    await textOf(createAgent([slow], 'recorded'), ask([user('a')]));
    assert.ok(performance.now() - began >= 290, 'three pauses of 100 ms');

    const abort = new AbortController();
    const endless = {
      ...slow,
      response: { ...slow.response, stream: reads.map((read, index) => ({ ...read, ms: index * 30_000 })) },
    };
    const run = await createAgent([endless], 'recorded').run(ask([user('a')]), { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await assert.rejects(
      async () => {
        for await (const _batch of run);
      },
      { code: 'request_cancelled' },
    );
  });
});

describe('errors keep their status', () => {
  const error = { message: 'why', type: 't', code: 'a_code', param: 'a.param' };
  for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504]) {
    test(`${status}`, async () => {
      const headers: [string, string][] = [['Retry-After', '7']];
      const agent = createAgent([
        { ...chat({ messages: [chatUser('a')] }, ''), response: { headers, bytes: 1, status, json: { error } } },
      ]);
      await assert.rejects(agent.run(ask([user('a')]), { signal }), (reason: unknown) => {
        assert.ok(reason instanceof ApiError);
        assert.deepEqual(
          [reason.status, reason.message, reason.wireCode, reason.param, reason.retryAfter],
          [status, 'why', 'a_code', 'a.param', 7],
        );
        return true;
      });
    });
  }
  test('another server error is a 502; a page has no message', async () => {
    const agent = createAgent([
      { ...chat({ messages: [chatUser('a')] }, ''), response: { ...message, status: 529, text: '<h1>' } },
    ]);
    await assert.rejects(agent.run(ask([user('a')]), { signal }), { status: 502, code: 'upstream_error' });
  });
});

test('models are those that were talked to, then those that were listed; never none', async () => {
  const list = {
    request: { ...message, method: 'GET', path: '/v1/models' },
    response: {
      ...message,
      status: 200,
      json: {
        data: [
          { id: 'listed', created: 3, owned_by: 'o' },
          { id: 'b', created: 5, owned_by: 'p' },
        ],
      },
    },
  };
  const agent = createAgent([chat({ model: 'b', messages: [] }, ''), list, chat({ model: 'a', messages: [] }, '')]);
  assert.deepEqual(await agent.models({ signal }), [
    { id: 'b', created: 5, ownedBy: 'p' },
    { id: 'a', created: 0, ownedBy: 'replay' },
    { id: 'listed', created: 3, ownedBy: 'o' },
  ]);
  assert.deepEqual(await createAgent([]).models({ signal }), [{ id: 'replay', created: 0, ownedBy: 'replay' }]);
});
