import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { startUpstreamProcess } from '../../helpers/upstream-process.ts';
import {
  createChatAgent,
  never,
  readAll,
  readUntilError,
  startAgent,
  toRequest,
  toText,
} from '../upstream/upstream-harness.ts';

const sse = { 'content-type': 'text/event-stream' };
const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const whole = `${chunk({ content: 'all' })}${chunk({}, 'stop')}data: [DONE]\n\n`;

/** Starts an upstream that answers every request with these bytes, each element in its own write. */
function answering(status: number, headers: Record<string, string>, ...body: (string | Buffer)[]) {
  return startAgent({
    answer: (_request, response) => {
      response.writeHead(status, headers);
      for (const piece of body) response.write(piece);
      response.end();
      return true;
    },
  });
}

suite('a chat-completions agent', () => {
  test('streams a turn: text, usage, end', async () => {
    await using harness = await startAgent();
    const events = await harness.ask('hello there');
    assert.equal(toText(events), 'You said: hello there (1 messages)');
    assert.deepEqual(events.slice(-3), [
      { type: 'text-end' },
      { type: 'usage', usage: { inputTokens: 2, cachedInputTokens: 1, outputTokens: 6, reasoningTokens: 0 } },
      { type: 'run-end', reason: 'stop' },
    ]);
  });

  test('yields the first event before the upstream has written the second', async () => {
    let release: (() => void) | undefined;
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.writeHead(200, sse).write(chunk({ content: 'first' }));
        release = () => response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
        return true;
      },
    });
    const iterator = (await harness.run('hi'))[Symbol.asyncIterator]();
    assert.deepEqual((await iterator.next()).value?.at(-1), { type: 'text-delta', text: 'first' });
    release?.();
    assert.deepEqual((await iterator.next()).value?.at(-1), { type: 'run-end', reason: 'stop' });
    assert.equal((await iterator.next()).done, true);
  });

  test('makes one batch of all pieces that arrive in one read', async () => {
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.writeHead(200, sse);
        response.socket?.cork();
        for (const content of ['a', 'b', 'c']) response.write(chunk({ content }));
        response.write(chunk({}, 'stop'));
        response.end('data: [DONE]\n\n');
        response.socket?.uncork();
        return true;
      },
    });
    const batches = [];
    for await (const batch of await harness.run('hi')) batches.push(batch.length);
    assert.deepEqual(batches, [6]);
  });

  test('reads the same from every split of a stream with multi-byte text, CRLF and a byte-order mark', async () => {
    const text = `\uFEFF: hello\n\n${chunk({ content: 'grüße 🦉' })}${chunk({ content: '行' }, 'stop')}data: [DONE]\n\n`;
    const bytes = Buffer.from(text.replaceAll('\n', '\r\n'));
    let split = 0;
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.writeHead(200, sse).write(bytes.subarray(0, split));
        response.end(bytes.subarray(split));
        return true;
      },
    });
    for (split = 1; split < bytes.length; split++) {
      const events = await harness.ask('hi');
      assert.equal(toText(events), 'grüße 🦉行', `split before byte ${split}`);
      assert.deepEqual(events.at(-1), { type: 'run-end', reason: 'stop' });
    }
  });

  test('streams reasoning and several tool calls', async () => {
    await using harness = await startAgent();
    const events = await harness.ask('reason let me see\ntool get_weather {"city":"Paris"}\ntool now {}');
    assert.deepEqual(
      events.map((event) => event.type).filter((type) => !type.endsWith('-delta')),
      [
        'reasoning-start',
        'reasoning-end',
        'tool-call-start',
        'tool-call-start',
        'tool-call-end',
        'tool-call-end',
        'usage',
        'run-end',
      ],
    );
    const argumentsOf = (callId: string) =>
      events
        .map((event) => (event.type === 'tool-call-delta' && event.callId === callId ? event.arguments : ''))
        .join('');
    assert.equal(argumentsOf('call_up_1'), '{"city":"Paris"}');
    assert.equal(argumentsOf('call_up_2'), '{}');
  });

  test('sends a tool result', async () => {
    await using harness = await startAgent();
    const request = toRequest('', {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'weather?' }] },
        { role: 'assistant', content: [], toolCalls: [{ callId: 'call_1', name: 'get_weather', arguments: '{}' }] },
        { role: 'tool', callId: 'call_1', content: [{ type: 'text', text: 'rain' }] },
      ],
    });
    assert.equal(toText(await readAll(await harness.agent.run(request, { signal: never }))), 'The tool said: rain');
  });

  test('sends the key, the session, and the path and query of its URL', async () => {
    await using harness = await startAgent({ answer: (_request, response) => end(response) });
    await using agent = createChatAgent({ url: `${harness.upstream.url}/?v=1`, apiKey: 'sk-1' });
    await readAll(await agent.run(toRequest('hi', { sessionId: 'sess_1' }), { signal: never }));
    const [request] = harness.upstream.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request?.path, '/v1/chat/completions?v=1');
    assert.equal(request?.headers.authorization, 'Bearer sk-1');
    assert.equal(request?.headers['x-session-id'], 'sess_1');
    assert.equal(request?.headers['content-type'], 'application/json');
    assert.equal(request?.body.stream, true);
  });

  test('sends no key when none is configured', async () => {
    await using harness = await startAgent();
    await harness.ask('hi');
    assert.equal(harness.upstream.requests[0]?.headers.authorization, undefined);
  });

  test('sends the configured model, else the requested one, else the first listed', async () => {
    await using harness = await startAgent();
    await using configured = createChatAgent({ url: harness.upstream.url, model: 'mine' });
    await readAll(await configured.run(toRequest('hi'), { signal: never }));
    await readAll(await harness.agent.run(toRequest('hi', { model: 'named' }), { signal: never }));
    const { model: _, ...unnamed } = toRequest('hi');
    await readAll(await harness.agent.run(unnamed, { signal: never }));
    const chats = harness.upstream.requests.filter(({ method }) => method === 'POST');
    assert.deepEqual(
      chats.map(({ body }) => body.model),
      ['mine', 'named', 'test-model'],
    );
  });

  test('reuses connections, and opens a second one only while the first is busy', async () => {
    await using harness = await startAgent();
    for (let turn = 0; turn < 10; turn++) await harness.ask('hi');
    assert.ok(harness.upstream.connections <= 2, `${harness.upstream.connections} connections`);
  });

  for (const [name, text] of Object.entries({
    'text and usage': 'json\nsay hello there',
    'reasoning and tool calls': 'json\nreason hm\ntool f {"a":1}\ntool g {}',
    'a refusal': 'json\nrefuse not this',
    'the limit reached': 'json\nsay a b\nfinish length',
  })) {
    test(`reads a JSON answer to a stream request like the stream itself: ${name}`, async () => {
      await using harness = await startAgent();
      const answered = await harness.ask(text);
      const streamed = await harness.ask(text.replace('json\n', ''));
      const toBlocks = (events: typeof answered) =>
        events.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);
      assert.equal(toText(answered), toText(streamed));
      // Calls that arrive whole do not interleave; their blocks are the same.
      assert.deepEqual(new Set(toBlocks(answered)), new Set(toBlocks(streamed)));
      assert.deepEqual(answered.at(-1), streamed.at(-1));
    });
  }

  test('accepts an event stream with a charset, or without a type', async () => {
    await using typed = await answering(200, { 'content-type': 'text/event-stream; charset=utf-8' }, whole);
    assert.equal(toText(await typed.ask('hi')), 'all');
    await using untyped = await answering(200, {}, whole);
    assert.equal(toText(await untyped.ask('hi')), 'all');
  });

  test('ignores early hints', async () => {
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.writeEarlyHints({ link: '</a>; rel=preload' });
        return end(response);
      },
    });
    assert.equal(toText(await harness.ask('hi')), 'all');
  });

  test('is refused by an upstream that disconnects after early hints', async () => {
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.destroy());
        return true;
      },
    });
    await assert.rejects(harness.run('hi'), {
      code: 'upstream_error',
      message: 'The agent closed the connection before it answered.',
    });
  });

  test('skips comments and empty events', async () => {
    await using harness = await answering(
      200,
      sse,
      ': one moment\n\n',
      'data:\n\n',
      'event: ping\ndata: {}\n\n',
      whole,
    );
    assert.equal(toText(await harness.ask('hi')), 'all');
  });

  test('is complete at the first [DONE], whatever follows', async () => {
    for (const rest of ['data: [DONE]\n\n', 'data: {"choices', chunk({ content: 'more' })]) {
      await using harness = await answering(200, sse, whole + rest);
      assert.equal(toText(await harness.ask('hi')), 'all');
    }
  });

  const refusals: Record<string, [Record<string, string>, string, RegExp]> = {
    'a page': [{ 'content-type': 'text/html' }, '<h1>hi</h1>', /an HTML page: check that AGENT_URL ends in/],
    'JSON that is no completion': [{ 'content-type': 'application/json' }, '{"ok":true}', /other than a completion/],
    'JSON that is no object': [{ 'content-type': 'application/json' }, '7', /not a JSON object/],
    'broken JSON': [{ 'content-type': 'application/json' }, '{"choices":', /not valid JSON/],
    'an error under a 200': [{ 'content-type': 'application/json' }, '{"error":{"message":"x"}}', /reported an error/],
  };
  for (const [name, [headers, body, message]] of Object.entries(refusals)) {
    test(`is refused by a 200 with ${name}`, async () => {
      await using harness = await answering(200, headers, body);
      await assert.rejects(harness.run('hi'), { code: 'upstream_error', status: 502, message });
    });
  }

  const breaks: Record<string, [string[], RegExp]> = {
    'malformed JSON': [[chunk({ content: 'a' }), 'data: {"choices\n\n'], /not valid JSON/],
    'a line that is no object': [[chunk({ content: 'a' }), 'data: null\n\n'], /not a JSON object/],
    'an error event': [[chunk({ content: 'a' }), 'event: error\ndata: secret-host:8000\n\n'], /reported an error/],
    'an unreadable shape': [[chunk({ content: 'a' }), chunk({ tool_calls: 7 })], /could not be read/],
    'an end in the middle of an event': [[chunk({ content: 'a' }), 'data: {"choices"'], /not valid JSON/],
  };
  for (const [name, [pieces, message]] of Object.entries(breaks)) {
    test(`fails midway on ${name}, after the events before it`, async () => {
      await using harness = await answering(200, sse, ...pieces);
      const { events, error } = await readUntilError(await harness.run('hi'));
      assert.equal(toText(events), 'a');
      assert.equal(error.code, 'upstream_error');
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /secret/);
    });
  }

  for (const text of ['error after 2', 'end after 2', 'break after 2']) {
    test(`fails midway on "${text}", after the events before it`, async () => {
      await using harness = await startAgent();
      const { events, error } = await readUntilError(await harness.run(text));
      assert.equal(toText(events), 'token1 token2 ');
      assert.equal(error.code, 'upstream_error');
      assert.doesNotMatch(error.message, /secret-host/);
    });
  }

  for (const [name, leave] of [
    ['breaks the connection', (response: ServerResponse) => response.destroy()],
    ['falls silent', () => undefined],
  ] as const) {
    test(`is complete after a finish reason, even if the upstream then ${name} without [DONE]`, async () => {
      await using harness = await startAgent(
        {
          answer(_request, response) {
            response.writeHead(200, sse).write(chunk({ content: 'All.' }) + chunk({}, 'stop'), () => leave(response));
            return true;
          },
        },
        { limits: { upstreamIdleMs: 500 } },
      );
      const events = await harness.ask('Hi');
      assert.equal(toText(events), 'All.');
      assert.deepEqual(events.at(-1), { type: 'run-end', reason: 'stop' });
    });
  }

  test('fails midway when the upstream process is killed', async () => {
    await using upstream = await startUpstreamProcess();
    await using agent = createChatAgent({ url: upstream.url });
    const iterator = (await agent.run(toRequest('slow 1000x10ms'), { signal: never }))[Symbol.asyncIterator]();
    assert.equal((await iterator.next()).value?.[0]?.type, 'text-start');
    await upstream.kill('SIGKILL');
    const rest = { [Symbol.asyncIterator]: () => iterator };
    const { error } = await readUntilError(rest);
    assert.deepEqual(error, {
      code: 'upstream_error',
      status: 502,
      message: "The agent's stream ended early.",
    });
  });

  test('fails midway and disconnects when one event is too long', async () => {
    const long = `data: ${'x'.repeat(2000)}`;
    await using harness = await startAgent(
      { answer: (_request, response) => response.writeHead(200, sse).write(chunk({ content: 'a' }) + long) || true },
      { limits: { upstreamEventBytes: 1000 } },
    );
    const closed = harness.upstream.nextClose();
    const { events, error } = await readUntilError(await harness.run('hi'));
    assert.equal(toText(events), 'a');
    assert.equal(error.message, 'The agent sent an event that is too long.');
    await closed;
  });

  test('reads an error body up to the limit, then disconnects', async () => {
    await using harness = await startAgent(
      { answer: (_request, response) => response.writeHead(400, sse).write('x'.repeat(2000)) || true },
      { limits: { upstreamErrorBytes: 1000 } },
    );
    const closed = harness.upstream.nextClose();
    await assert.rejects(harness.run('hi'), { code: 'invalid_value', status: 400 });
    await closed;
  });

  test('is complete at [DONE], and disconnects from an upstream that continues', async () => {
    let goOn: (() => void) | undefined;
    await using harness = await startAgent({
      answer: (_request, response) => {
        response.writeHead(200, sse).write(whole);
        goOn = () => response.write(': still here\n\n');
        return true;
      },
    });
    const closed = harness.upstream.nextClose();
    assert.deepEqual((await harness.ask('hi')).at(-1), { type: 'run-end', reason: 'stop' });
    goOn?.();
    await closed;
  });

  test('aborts its runs when it is disposed', async () => {
    await using harness = await startAgent();
    const events = await harness.run('hang after 1');
    const closed = harness.upstream.nextClose();
    const reading = readUntilError(events);
    await harness.agent[Symbol.asyncDispose]();
    assert.equal((await reading).error.code, 'server_shutting_down');
    await closed;
    await assert.rejects(harness.run('hi'), { code: 'server_shutting_down' });
    assert.deepEqual(harness.warnings, [], 'and does not try again');
  });
});

function end(response: ServerResponse): true {
  response.writeHead(200, sse).end(whole);
  return true;
}
