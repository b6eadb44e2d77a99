import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { addExact, exactNumber, parseExact, withExactNumbers } from '../../src/json/exact-numbers.ts';
import { startTalaria } from '../helpers/talaria.ts';

const big = '9223372036854775807';
const rewrite = (text: string) => JSON.stringify(withExactNumbers(parseExact(text)));

for (const text of [
  `{"maximum":${big}}`,
  `{"a":[1,-${big},{"b":${big}}]}`,
  `[${big},${big}0]`,
  `{"1":{"0":${big}},"x":"${big}"}`,
]) {
  test(`keeps the digits of ${text}`, () => assert.equal(rewrite(text), text));
}

test('leaves other numbers as they are, and copies nothing without need', () => {
  const value = parseExact('{"a":9007199254740991,"b":0.1,"c":1e30}');
  assert.equal(withExactNumbers(value), value);
  assert.equal(JSON.stringify(value), '{"a":9007199254740991,"b":0.1,"c":1e+30}');
});

test('finds one number by its holder', () => {
  const value = parseExact(`{"seed":${big},"other":5}`) as { seed: number; other: number };
  assert.equal(typeof value.seed, 'number');
  assert.equal(JSON.stringify(exactNumber(value, 'seed', value.seed)), big);
  assert.equal(exactNumber(value, 'other', value.other), 5);
});

test('adds to a number, and wraps beyond 64 bits', () => {
  const seed = (text: string) => exactNumber(parseExact(`{"seed":${text}}`) as object, 'seed', Number(text));
  const add = (text: string, addend: number) => JSON.stringify(addExact(seed(text), addend));
  assert.equal(add('7', 1), '8');
  assert.equal(add('9007199254740993', 1), '9007199254740994');
  assert.equal(add(big, 1), '-9223372036854775808');
});

test('gives each answer of a completion its own seed', async () => {
  const body = `{"model":"m","n":2,"seed":${big},"messages":[{"role":"user","content":"Hi"}]}`;
  const received = await forward('/v1/chat/completions', body);
  assert.match(received, /"seed":9223372036854775807\b/);
  assert.match(received, /"seed":-9223372036854775808\b/);
});

/** Sends a body as text, and returns what an upstream received, as text. */
async function forward(path: string, body: string, settings: Record<string, string> = {}): Promise<string> {
  let received = '';
  const chunk = { choices: [{ index: 0, delta: { content: '{}' }, finish_reason: 'stop' }] };
  await using upstream = createServer(async (request, response) => {
    for await (const bytes of request) received += bytes;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  await using server = await startTalaria({ AGENT_URL: `http://127.0.0.1:${port}/v1`, ...settings });
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(server.url + path, { method: 'POST', headers, body });
  const text = await reply.text();
  if (!settings['AGENT_API']) assert.equal(reply.status, 200, text);
  upstream.closeAllConnections();
  return received;
}

const schema = `{"type":"object","properties":{"id":{"type":"integer","maximum":${big}}}}`;
const bodies: [path: string, body: string][] = [
  [
    '/v1/chat/completions',
    `{"model":"m","seed":${big},"messages":[{"role":"user","content":"hi"}],` +
      `"tools":[{"type":"function","function":{"name":"f","parameters":${schema}}}],` +
      `"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":${schema}}}}`,
  ],
  ['/v1/responses', `{"model":"m","input":"hi","tools":[{"type":"function","name":"f","parameters":${schema}}]}`],
  [
    '/v1/responses',
    `{"model":"m","input":"hi","text":{"format":{"type":"json_schema","name":"x","schema":${schema}}}}`,
  ],
  [
    '/v1/chat/completions',
    `{"model":"m","top_k":${big},"seed":${big},"input":"hi","tools":[{"type":"function","name":"f","parameters":${schema}}]}`,
  ],
  [
    '/v1/chat/completions',
    '{"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{"id":"x",' +
      `"function":{"name":"f","arguments":{"id":${big}}}}]},{"role":"tool","tool_call_id":"x","content":{"id":${big}}}]}`,
  ],
];
for (const [path, body] of bodies) {
  test(`sends the digits of a client on: ${path} ${body.slice(12, 60)}`, async () => {
    const received = await forward(path, body);
    assert.equal(received.split(big).length, body.split(big).length, received);
  });
}

test('sends the digits in any tool on to an agent that speaks the Responses API', async () => {
  const tools = `{"type":"function","name":"f","parameters":${schema}},{"type":"x_search","since":${big}}`;
  const settings = { AGENT_API: 'responses' };
  const received = await forward('/v1/responses', `{"model":"m","input":"hi","tools":[${tools}]}`, settings);
  assert.equal(received.split(big).length, 3, received);
});

test('an Idempotency-Key tells requests apart that differ in such digits', async () => {
  await using server = await startTalaria();
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'one' };
  const ask = (seed: string) => {
    const body = `{"model":"offline","seed":${seed},"messages":[{"role":"user","content":"hi"}]}`;
    return fetch(`${server.url}/v1/chat/completions`, { method: 'POST', headers, body });
  };
  assert.deepEqual(
    [(await ask(big)).status, (await ask(big)).status, (await ask(`${big.slice(0, -1)}6`)).status],
    [200, 200, 409],
  );
});
