import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { before, describe, test } from 'node:test';
import type { RuleReply } from '../../src/rules/rule-set.ts';
import { ask, startRules } from './start-rules.ts';

const text = 'one two three four five six seven eight';

/** What a raw socket receives for a chat completion, and how its connection ends. */
interface Received {
  head: string;
  body: string;
  /** `keep-alive`: the whole reply is there, and the connection can be used again. */
  end: 'reset' | 'closed' | 'keep-alive' | 'silent';
}

// The first answer of a process loads the tokenizer, which looks like silence.
before(async () => {
  await using server = await startRules({ rules: [{ reply: { text } }] });
  await (await ask(server.url, { message: 'Hi' })).text();
});

async function receive(reply: RuleReply, stream: boolean, silenceMs = 500): Promise<Received> {
  await using server = await startRules({ rules: [{ reply }] }, { API_SERVER_KEEP_ALIVE_MS: '100' });
  const { port } = new URL(server.url);
  const body = JSON.stringify({ model: 'm', stream, messages: [{ role: 'user', content: 'Hi' }] });
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('utf8').on('data', (data) => {
    received += data;
  });
  const end = new Promise<Received['end']>((resolve) => {
    socket.on('error', (error) => resolve('code' in error && error.code === 'ECONNRESET' ? 'reset' : 'closed'));
    socket.on('close', () => resolve('closed'));
    setTimeout(() => resolve(isWhole(received) ? 'keep-alive' : 'silent'), silenceMs);
  });
  const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json`;
  socket.write(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  const ended = await end;
  socket.destroy();
  const [first = '', ...rest] = received.split('\r\n\r\n');
  return { head: first, body: rest.join('\r\n\r\n'), end: ended };
}

function isWhole(received: string): boolean {
  const [head = '', body = ''] = received.split(/\r\n\r\n(.*)/s);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? body.endsWith('0\r\n\r\n') : body.length === Number(length);
}

/** Joins the text of the events that arrived. */
function textOf(body: string): string {
  const events = [...body.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json));
  return events.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('');
}

describe('a fault in a stream', () => {
  test('before its first header sends nothing', async () => {
    assert.deepEqual(await receive({ text, fault: { kind: 'reset' } }, true), { head: '', body: '', end: 'reset' });
    assert.deepEqual(await receive({ text, fault: { kind: 'close' } }, true), { head: '', body: '', end: 'closed' });
    assert.deepEqual(await receive({ text, fault: { kind: 'hang' } }, true), { head: '', body: '', end: 'silent' });
  });

  for (const [kind, end] of [
    ['reset', 'reset'],
    ['close', 'closed'],
    ['hang', 'silent'],
    ['end', 'keep-alive'],
  ] as const) {
    test(`${kind} after three tokens sends three tokens, and then it is ${end}`, async () => {
      const received = await receive({ text, fault: { kind, after: 3 } }, true);
      assert.equal(textOf(received.body), 'one two three');
      assert.ok(!received.body.includes('[DONE]') && !received.body.includes('finish_reason":"stop'));
      assert.equal(received.end, end);
      assert.ok(!received.body.includes(': keep-alive'));
    });
  }

  test('malformed inserts a frame that is not JSON, and the rest follows', async () => {
    const { body, end } = await receive({ text, fault: { kind: 'malformed', after: 3 } }, true);
    const before = body.slice(0, body.indexOf('data: {"id":"\n\n'));
    assert.equal(textOf(before), 'one two three');
    assert.equal(textOf(body), text);
    assert.match(body, /data: \[DONE\]/);
    assert.equal(end, 'keep-alive');
  });

  test('malformed inserts the frame of the rule, byte for byte', async () => {
    const frame = 'event: surprise\ndata: [1\r\n\r\n';
    const { body } = await receive({ text, fault: { kind: 'malformed', after: 1, frame } }, true);
    assert.ok(body.includes(frame));
    const { head, body: early } = await receive({ text, fault: { kind: 'malformed', frame } }, true);
    assert.match(head, /200 OK/);
    assert.ok(early.indexOf(frame) < early.indexOf('data: {') && early.includes(frame));
  });

  test('no_done leaves the last event out alone', async () => {
    const { body, end } = await receive({ text, fault: { kind: 'no_done' } }, true);
    assert.equal(textOf(body), text);
    assert.match(body, /finish_reason":"stop/);
    assert.ok(!body.includes('[DONE]'));
    assert.equal(end, 'keep-alive');
  });

  test('error ends it with an error event, and without [DONE]', async () => {
    const { body } = await receive({ text, fault: { kind: 'error', after: 3 } }, true);
    assert.equal(textOf(body), 'one two three');
    assert.match(body, /"code":"upstream_error"/);
    assert.ok(!body.includes('[DONE]'));
  });

  test('comes at the end if the answer is shorter', async () => {
    const { body, end } = await receive({ text: 'one', fault: { kind: 'reset', after: 50 } }, true);
    assert.equal(textOf(body), 'one');
    assert.equal(end, 'reset');
  });
});

describe('a fault in a JSON reply', () => {
  for (const [kind, end] of [
    ['reset', 'reset'],
    ['close', 'closed'],
  ] as const) {
    test(`${kind} after a token cuts the body, whose length the head has named`, async () => {
      const { head, body, end: ended } = await receive({ text, fault: { kind, after: 1 } }, false);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      assert.ok(body.length > 0 && body.length < length);
      assert.equal(ended, end);
    });
  }

  for (const kind of ['end', 'malformed'] as const) {
    test(`${kind} sends half a body as if it were whole`, async () => {
      const { head, body, end } = await receive({ text, fault: { kind, after: 1 } }, false);
      assert.match(head, /200 OK/);
      assert.equal(end, 'keep-alive');
      const [, json = ''] = /\r\n(\{.*)\r\n0\r\n/s.exec(`\r\n${body}`) ?? [];
      assert.match(json, /^\{"id":"chatcmpl/);
      assert.throws(() => JSON.parse(json));
    });
  }

  test('hang is silent, and end without after is an empty body', async () => {
    assert.equal((await receive({ text, fault: { kind: 'hang', after: 2 } }, false)).end, 'silent');
    const { head, body } = await receive({ text, fault: { kind: 'end' } }, false);
    assert.match(head, /200 OK/);
    assert.equal(body.replace(/^0\r\n\r\n$/, ''), '');
  });

  test('error is a 502', async () => {
    assert.match((await receive({ fault: { kind: 'error' } }, false)).head, /502 Bad Gateway/);
  });
});

test('a fault is one of a single reply: the next one on the same connection is whole', async () => {
  await using server = await startRules({
    rules: [{ times: 1, reply: { text, fault: { kind: 'end', after: 2 } } }, { reply: { text: 'whole' } }],
  });
  assert.ok(!(await (await ask(server.url, { message: 'Hi', stream: true })).text()).includes('[DONE]'));
  assert.match(await (await ask(server.url, { message: 'Hi', stream: true })).text(), /\[DONE\]/);
});

test('a silent run ends when its client leaves', async () => {
  await using server = await startRules({ rules: [{ reply: { text, fault: { kind: 'hang' } } }] }, { MAX_RUNS: '1' });
  for (let round = 0; round < 3; round++) {
    const leaving = fetch(`${server.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'Hi' }),
      signal: AbortSignal.timeout(200),
    });
    await assert.rejects(leaving, { name: 'TimeoutError' });
  }
});

/** Reads a stream of the Responses API until its connection ends. */
async function readEvents(url: string, headers: Record<string, string> = {}): Promise<string> {
  let received = '';
  try {
    const response = await fetch(`${url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'm', input: 'Hi', stream: true }),
    });
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) received += decoder.decode(bytes, { stream: true });
  } catch {
    received += 'connection lost';
  }
  return received;
}

const countDeltas = (events: string): number => events.split('event: response.output_text.delta').length - 1;

describe('a fault in a stream of the Responses API', () => {
  test('comes after the tokens of the rule, and what was sent is kept', async () => {
    await using server = await startRules({ rules: [{ reply: { text, fault: { kind: 'close', after: 3 } } }] });
    const events = await readEvents(server.url);
    assert.equal(countDeltas(events), 3);
    assert.ok(events.endsWith('connection lost'));
    const [, id = ''] = /"id":"(resp_\w+)"/.exec(events) ?? [];
    const { status } = await fetch(`${server.url}/v1/responses/${id}`);
    assert.equal(status, 200);
  });

  test('leaves the whole answer to the next request with the same idempotency key', async () => {
    await using server = await startRules({
      rules: [{ times: 1, reply: { text, fault: { kind: 'reset', after: 3 } } }, { reply: { text: 'another run' } }],
    });
    const headers = { 'idempotency-key': 'key-1' };
    assert.ok((await readEvents(server.url, headers)).endsWith('connection lost'));
    const events = await readEvents(server.url, headers);
    assert.equal(countDeltas(events), 8);
    assert.match(events, /event: response\.completed/);
  });

  test('fails a background response, whose reply is whole', async () => {
    await using server = await startRules({ rules: [{ reply: { fault: { kind: 'reset' } } }] });
    const { id } = await server.openai.responses.create({ model: 'm', input: 'Hi', background: true });
    for await (const event of await server.openai.responses.retrieve(id, { stream: true })) {
      if (event.type === 'response.failed') return;
    }
    assert.fail('it did not fail');
  });
});
