/** `talaria record` finds no violation in OpenAI's own published examples. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { readExamples } from '../verify/openai-examples/read-examples.ts';
import { spawnRecorder } from './spawn-recorder.ts';

const examples = readExamples();
const plain = examples.filter(({ reply }) => reply.endsWith(' application/json'));
const messages = [{ role: 'user', content: 'Hello!' }];
const asked: Record<string, object> = {
  '/chat/completions': { model: 'gpt-5.4', messages },
  '/chat/completions/{completion_id}': { metadata: {} },
  '/responses': { model: 'gpt-5.4', input: 'Hello!' },
  '/responses/input_tokens': { model: 'gpt-5.4', input: 'Hello!' },
  '/responses/compact': { model: 'gpt-5.4', input: 'Hello!' },
  '/conversations': {},
};

const toStream = (path: string): string =>
  examples
    .filter(({ reply }) => reply === `post ${path} text/event-stream`)
    .map(
      ({ value }) =>
        `${'type' in Object(value) ? `event: ${Object(value).type}\n` : ''}data: ${JSON.stringify(value)}\n\n`,
    )
    .join('');

let next: { type: string; body: string };
const upstream = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': next.type }).end(next.body);
});
let url: string;
before(async () => {
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const address = upstream.address();
  assert.ok(typeof address === 'object' && address);
  url = `http://127.0.0.1:${address.port}/v1`;
});
after(() => {
  upstream.close();
  upstream.closeAllConnections();
});

/** Sends every example through the recorder. Returns its exit code and what it printed. */
async function record(...words: string[]) {
  await using recorder = await spawnRecorder(url, '--fail-on-violation', ...words);
  const send = async (method: string, path: string, body?: object) => {
    const init = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    await (await fetch(`${recorder.url}${path.replaceAll(/\{\w+\}/g, 'x')}`, { method, ...init })).text();
  };
  for (const { reply, value } of plain) {
    const [method = '', path = ''] = reply.split(' ');
    next = { type: 'application/json', body: JSON.stringify(value) };
    await send(method.toUpperCase(), path, method === 'post' ? asked[path] : undefined);
  }
  for (const path of ['/responses', '/chat/completions']) {
    const done = path === '/responses' ? '' : 'data: [DONE]\n\n';
    next = { type: 'text/event-stream', body: `${toStream(path)}${done}` };
    await send('POST', path, { ...asked[path], stream: true });
  }
  const exchanges = await recorder.exchanges(plain.length + 2);
  return { code: await recorder.stop('SIGINT'), exchanges, stdout: recorder.stdout(), stderr: recorder.stderr() };
}

test('none is a violation, and --fail-on-violation exits with 0', async () => {
  const { code, exchanges, stdout } = await record();
  assert.deepEqual(
    exchanges.flatMap(({ request, violations }) =>
      violations.map(({ place, message }) => [request.path, place, message]),
    ),
    [],
  );
  assert.equal(code, 0);
  assert.match(stdout, /, 0 violations\n/);
});

test('what they omit is a note, printed and recorded', async () => {
  const { exchanges, stderr } = await record();
  const stream = exchanges.at(-2);
  const notes = stream?.notes?.map(({ place, message }) => `${place}: ${message}`) ?? [];
  assert.ok(notes.includes('events[0].sequence_number: a required field is missing'), notes.join('\n'));
  assert.ok(notes.includes(': the stream ended without [DONE]'));
  assert.equal(notes.filter((note) => note.includes('sequence_number')).length, 1, 'once, not for each event');
  assert.match(stderr, /POST \/v1\/responses note: reply: the stream ended without \[DONE\]/);
});

test('--contract open-responses makes its further fields violations', async () => {
  const { code, exchanges } = await record('--contract', 'open-responses');
  assert.equal(code, 1);
  const places = exchanges[0]?.violations.map(({ place }) => place);
  assert.ok(places?.includes('presence_penalty'), places?.join());
});
