/** The violations that the running proxy reports for a broken client or upstream. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Violation } from '../../src/recording/recording.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type Recorder, spawnRecorder } from './spawn-recorder.ts';

let handler: RequestListener = (_request, response) => response.end();
const upstream = createServer((incoming, response) => {
  incoming.resume().once('end', () => handler(incoming, response));
});
let recorder: Recorder;
let seen = 0;

before(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const address = upstream.address();
  recorder = await spawnRecorder(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1`);
});
after(async () => {
  await recorder[Symbol.asyncDispose]();
  upstream.close();
  upstream.closeAllConnections();
});

interface Asked {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Runs one exchange. Resolves with the lines of its violations, without the number. */
async function exchange(path: string, asked: Asked, answer: RequestListener): Promise<string[]> {
  handler = answer;
  const { method = 'POST', body, headers = { 'content-type': 'application/json' } } = asked;
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const init = bytes === undefined ? { method } : { method, headers, body: bytes, redirect: 'manual' as const };
  await fetch(`${recorder.url}${path}`, init)
    .then((response) => response.arrayBuffer())
    .catch(() => undefined);
  seen += 1;
  const recorded = (await recorder.exchanges(seen)).at(-1) ?? assert.fail('not recorded');
  const label = `#${recorded.exchange} ${method} /v1${path} `;
  const lines = () =>
    recorder
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith(label));
  // The line of the exchange is last.
  await waitUntil(() => lines().some((line) => / \d+ ms/.test(line)), `the line of ${label}`);
  const reported = lines()
    .map((line) => line.slice(label.length))
    .filter((line) => !/ \d+ ms/.test(line));
  const toLine = (v: Violation) => `${v.direction}${v.place && ` ${v.place}`}: ${v.message}`;
  const notes = recorded.notes ?? [];
  assert.deepEqual(
    [...recorded.violations.map(toLine), ...notes.map((note) => `note: ${toLine(note)}`)].toSorted(),
    reported.toSorted(),
  );
  return reported;
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  };

const sse =
  (text: string): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
  };

const sound = { input: 'hi' };
let response: Record<string, unknown> = {};
let stream = '';

before(async () => {
  // Valid replies to be broken: Talaria's own.
  await using talaria = await startTalaria();
  const post = (body: object) =>
    fetch(`${talaria.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  response = Object(await (await post(sound)).json());
  stream = await (await post({ ...sound, stream: true })).text();
});

test('a valid exchange, plain or streamed, has no violations', async () => {
  assert.deepEqual(await exchange('/responses', { body: sound }, json(response)), []);
  assert.deepEqual(await exchange('/responses', { body: { ...sound, stream: true } }, sse(stream)), []);
});

describe('requests', () => {
  const refusal = json({ error: { message: 'no', type: 'invalid_request_error', param: null, code: null } }, 400);
  const broken: [name: string, path: string, asked: Asked, reported: string][] = [
    [
      'a field of the wrong type',
      '/responses',
      { body: { input: 7 } },
      'request input: expected one of a string, an array or null, but got a number instead',
    ],
    [
      'a missing field, deep inside',
      '/chat/completions',
      { body: { messages: [{ role: 'user', content: [{ type: 'text' }] }] } },
      'request messages[0].content[0].text: a required field is missing',
    ],
    ['bad JSON', '/responses', { body: '{"input":' }, 'request: the body is not JSON'],
    ['no body', '/chat/completions', { body: '' }, 'request: the body is not JSON'],
    [
      'a wrong content type',
      '/responses',
      { body: '{"input":"x"}', headers: { 'content-type': 'text/plain' } },
      'request content-type: expected application/json, but got text/plain instead',
    ],
    [
      'a wrong field in a compressed body',
      '/responses',
      {
        body: zstdCompressSync('{"input":true}'),
        headers: { 'content-type': 'application/json', 'content-encoding': 'zstd' },
      },
      'request input: expected one of a string, an array or null, but got a boolean instead',
    ],
    [
      'a body that is not what its coding says',
      '/files',
      { body: 'plain', headers: { 'content-encoding': 'gzip' } },
      'request content-encoding: the body is not gzip',
    ],
  ];
  for (const [name, path, asked, reported] of broken) {
    test(name, async () => assert.deepEqual(await exchange(path, asked, refusal), [reported]));
  }

  test('requests outside the contract are not checked', async () => {
    assert.deepEqual(await exchange('/embeddings', { body: { input: 7 } }, json({ any: 'thing' })), []);
  });
});

describe('replies', () => {
  const reported = async (answer: RequestListener, asked: Asked = { body: sound }) =>
    exchange('/responses', asked, answer);

  test('a field of the wrong type', async () => {
    assert.deepEqual(await reported(json({ ...response, created_at: 'now' })), [
      'reply created_at: expected a number, but got a string instead',
    ]);
  });
  test('a missing field, deep inside', async () => {
    const output = [
      {
        type: 'message',
        id: 'msg_1',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'x' }],
      },
    ];
    assert.deepEqual(await reported(json({ ...response, output })), [
      'reply output[0].content[0].annotations: a required field is missing',
    ]);
  });
  test('bad JSON', async () => assert.deepEqual(await reported(json('{"id":')), ['reply: the body is not JSON']));
  test('a wrong content type', async () => {
    const page: RequestListener = (_request, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    assert.deepEqual(await reported(page), [
      'reply content-type: expected application/json or text/event-stream, but got text/html instead',
    ]);
  });
  test('a plain reply to a request for a stream', async () => {
    assert.deepEqual(await reported(json(response), { body: { ...sound, stream: true } }), [
      'reply content-type: expected text/event-stream, but got application/json instead',
    ]);
  });
  test('a status outside the contract', async () => {
    const [line] = await reported((_request, reply) => reply.writeHead(202).end());
    assert.match(line ?? '', /^reply: unexpected status 202; expected one of: 200, 400, /);
  });
  test('an error without the envelope, of any status', async () => {
    for (const status of [400, 418, 529]) {
      assert.deepEqual(await reported(json({ message: 'no' }, status)), ['reply error: a required field is missing']);
    }
  });
  test('a compressed reply', async () => {
    const body = gzipSync(JSON.stringify({ ...response, model: null }));
    const answer: RequestListener = (_request, reply) =>
      reply.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body);
    assert.deepEqual(await reported(answer), ['reply model: expected a string, but got null instead']);
  });
  test('a redirect is not checked', async () => {
    assert.deepEqual(await reported((_request, reply) => reply.writeHead(307, { location: '/v2' }).end()), []);
  });
});

describe('streams', () => {
  const reported = (text: string) => exchange('/responses', { body: { ...sound, stream: true } }, sse(text));
  const events = () => stream.split('\n\n').filter((event) => event);
  const join = (list: string[]) => list.map((event) => `${event}\n\n`).join('');
  /** Returns the stream with a change in one event. */
  const change = (index: number, from: string | RegExp, to: string) =>
    join(events().map((event, at) => (at === index ? event.replace(from, to) : event)));

  test('a field of the wrong type, with the event it is in', async () => {
    assert.deepEqual(await reported(change(4, /"delta":"[^"]*"/, '"delta":7')), [
      'reply events[4].delta: expected a string, but got a number instead',
    ]);
  });
  test('an event name that is not its type', async () => {
    assert.deepEqual(await reported(change(1, 'event: response.in_progress', 'event: message')), [
      'note: reply events[1].type: the event field says message, the type is response.in_progress',
    ]);
    assert.deepEqual(await reported(change(1, 'event: response.in_progress\n', '')), [
      'note: reply events[1].type: the event field says nothing, the type is response.in_progress',
    ]);
  });
  test('a skipped sequence number, once', async () => {
    assert.deepEqual(await reported(join(events().toSpliced(3, 1))), [
      'reply events[3].sequence_number: expected 3, but got 4 instead',
    ]);
  });
  test('no terminal event', async () => {
    assert.deepEqual(await reported(join(events().toSpliced(-2, 1))), [
      'reply: the stream ended without a terminal event',
    ]);
  });
  test('events after the terminal one', async () => {
    const terminal = events()
      .at(-2)
      ?.replace(/"sequence_number":(\d+)/, (_all, n) => `"sequence_number":${Number(n) + 1}`);
    const twice = join(events().toSpliced(-1, 0, terminal ?? ''));
    const index = events().length - 1;
    assert.deepEqual(await reported(twice), [`reply events[${index}]: response.completed after the terminal event`]);
  });
  test('no [DONE], and something after it', async () => {
    assert.deepEqual(await reported(join(events().slice(0, -1))), ['note: reply: the stream ended without [DONE]']);
    const index = events().length;
    assert.deepEqual(await reported(`${stream}data: {}\n\n`), [`reply events[${index}]: an event after [DONE]`]);
  });
  test('bad JSON', async () => {
    const lines = await reported(change(2, /data: .*/, 'data: {"type":'));
    assert.equal(lines[0], 'reply events[2]: the data is not JSON');
  });
  test('a cut stream', async () => {
    const lines = await exchange('/responses', { body: { ...sound, stream: true } }, (_request, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.write(join(events().slice(0, 3)), () => reply.destroy());
    });
    assert.deepEqual(lines, ['reply: the connection was closed early']);
  });
  test('a fault in every event is reported twenty times, then counted', async () => {
    const fault = 'event: b\ndata: {"type":"b","sequence_number":7}\n\n';
    const lines = await reported(`${fault.repeat(50)}data: [DONE]\n\n`);
    assert.equal(lines.length, 20);
    assert.match(recorder.stderr(), /^#\d+ POST \/v1\/responses: 31 more violations, not shown$/m);
  });

  test('is read the same and forwarded unchanged, wherever it is split', async () => {
    const bytes = Buffer.from(stream.replaceAll('\n', '\r\n').replace('"delta":"', '"delta":"\u00e9\u{1f600} '));
    const lines = await exchange('/responses', { body: { ...sound, stream: true } }, async (_request, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let at = 0; at < bytes.length; at += 7) {
        reply.write(bytes.subarray(at, at + 7));
        if (at % 70 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      reply.end();
    });
    assert.deepEqual(lines, []);
    const recorded = (await recorder.exchanges(seen)).at(-1);
    const deltas = recorded?.response?.stream?.flatMap(({ events }) => events.map(({ json }) => Object(json).delta));
    assert.ok(deltas?.some((delta) => String(delta).startsWith('\u00e9\u{1f600} ')));
  });

  test('chunks of Chat Completions: no [DONE], and a wrong field', async () => {
    const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [] };
    const asked = { body: { messages: [{ role: 'user', content: 'x' }], stream: true } };
    const line = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
    assert.deepEqual(await exchange('/chat/completions', asked, sse(line(chunk))), [
      'reply: the stream ended without [DONE]',
    ]);
    assert.deepEqual(
      await exchange('/chat/completions', asked, sse(`${line({ ...chunk, choices: null })}data: [DONE]\n\n`)),
      ['reply events[0].choices: expected an array, but got null instead'],
    );
  });
});

test('Ctrl+C prints a summary; violations set the exit code only with --fail-on-violation', async () => {
  assert.equal(await recorder.stop('SIGINT'), 0);
  assert.match(recorder.stdout(), /\d+ exchanges in \S+, \d+ violations: \d+ /);
  const port = upstream.address();
  const url = `http://127.0.0.1:${typeof port === 'object' ? port?.port : ''}/v1`;
  for (const [input, expected] of [
    [7, 1],
    ['hi', 0],
  ] as const) {
    await using strict = await spawnRecorder(url, '--fail-on-violation', '--quiet');
    handler = json(response);
    await fetch(`${strict.url}/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
    });
    await strict.exchanges(1);
    assert.equal(await strict.stop('SIGTERM'), expected);
    assert.equal(strict.stderr().split('\n').length, 1 + expected, 'quiet: a line for each violation alone');
  }
});
