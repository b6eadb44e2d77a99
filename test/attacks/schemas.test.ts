/**
 * JSON Schemas as attacks. Each ended the process, exhausted its memory or blocked every tenant. The answer is
 * scripted by `/say`; when a plain one does not fit, the run is retried, and the offline agent samples the schema.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRandom } from '../helpers/random.ts';
import { spawnTalaria, type TestProcess } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { randomSchema, randomValue } from '../schemas/random-schema.ts';
import { connectSocket } from '../websocket/connect-socket.ts';
import { type Arena, startArena } from './arena.ts';

type Schema = Record<string, unknown>;

/** All tests attack one server, each with its own bystander. */
let server: TestProcess;
before(async () => {
  server = await spawnTalaria({ LOG_LEVEL: 'info' });
});
after(() => server[Symbol.asyncDispose]());

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

/** Returns definitions `d0` to `d{levels}` that each contain the previous one twice. */
function fanOut(levels: number, hold: (below: object) => Schema): Schema {
  const $defs = Object.fromEntries(
    list(levels + 1, (level) => [
      `d${level}`,
      level === 0 ? { type: 'number' } : hold({ $ref: `#/$defs/d${level - 1}` }),
    ]),
  );
  return { $ref: `#/$defs/d${levels}`, $defs };
}

async function send(url: string, path: string, body: object): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, text: await response.text() };
}

const toResponse = (schema: Schema, answer: string, fields: object = {}) => ({
  input: `/say ${answer}`,
  text: { format: { type: 'json_schema', name: 'x', schema } },
  ...fields,
});

const toChat = (schema: Schema, answer: string, fields: object = {}) => ({
  messages: [{ role: 'user', content: `/say ${answer}` }],
  response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
  ...fields,
});

/** Sends a schema over both APIs, plain and streamed. Returns all replies as one text. */
async function attack({ server: { url } }: Arena, schema: Schema, answer: string): Promise<string> {
  const size = JSON.stringify(schema).length;
  const replies = await Promise.all(
    [{}, { stream: true }].flatMap((fields) => [
      send(url, '/v1/responses', toResponse(schema, answer, fields)),
      send(url, '/v1/chat/completions', toChat(schema, answer, fields)),
    ]),
  );
  for (const { status, text } of replies) {
    assert.notEqual(status, 500, text);
    // Events quote the schema of the request.
    assert.ok(text.length < 20_000 + 5 * size, `a reply of ${text.length} characters`);
  }
  return replies.map(({ status, text }) => `${status} ${text}`).join('\n');
}

test('$async: the answer was 200, then the process exited with code 1', async () => {
  await using arena = await startArena({ server });
  const nested = { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { $async: true, type: 'string' } } };
  assert.match(await attack(arena, { $async: true, type: 'object', required: ['a'] }, '{}'), /required property 'a'/);
  assert.match(await attack(arena, nested, '{"a":1}'), /\/a must be string/);
  await arena.assertUnharmed();
});

test('references that fan out: 1.7 KB filled 4.3 GB, and 1.4 KB made an error message of 19.9 MB', async () => {
  await using arena = await startArena({ server });
  for (const [levels, keyword] of [
    [25, 'allOf'],
    [20, 'allOf'],
    [25, 'anyOf'],
  ] as const) {
    const reply = await attack(
      arena,
      fanOut(levels, (below) => ({ [keyword]: [below, below] })),
      '"x"',
    );
    assert.match(reply, /^400 .*more than 10000 schemas/);
    assert.match(reply, /"param":"text.format.schema"/);
    assert.match(reply, /"param":"response_format.json_schema.schema"/);
  }
  // Only an equally deep answer makes this schema expensive.
  const below = fanOut(24, (schema) => ({ allOf: list(2, () => ({ properties: { a: schema } })) }));
  const reply = await attack(arena, below, `${'{"a":'.repeat(24)}1${'}'.repeat(24)}`);
  assert.equal(reply.match(/schema_too_expensive/g)?.length, 4);
  await arena.assertUnharmed();
  assert.match(
    arena.server.stderr(),
    /"exceeded":\d+,.*"msg":"schema check exceeded its limit, checking thread replaced"/,
  );
});

test('patterns with nested quantifiers: 172 bytes blocked every tenant for as long as the sender liked', async () => {
  await using arena = await startArena({ server });
  const text = `${'a'.repeat(40)}!`;
  for (const pattern of ['^(a+)+$', '(a|a)*b', '(.*c){20}', '^(([a-z])+.)+[A-Z]([a-z])+$']) {
    assert.match(await attack(arena, { items: { pattern } }, JSON.stringify([text])), /must match pattern/);
    const named = { patternProperties: { [pattern]: true }, additionalProperties: false };
    assert.match(await attack(arena, named, JSON.stringify({ [text]: 1 })), /must NOT have additional properties/);
    assert.match(await attack(arena, { propertyNames: { pattern } }, JSON.stringify({ [text]: 1 })), /property name/);
  }
  const long = JSON.stringify(['a'.repeat(1_000_000)]);
  const { text: reply } = await send(
    arena.server.url,
    '/v1/responses',
    toResponse({ items: { pattern: '^(a+)+b$' } }, long, { stream: true }),
  );
  assert.match(reply, /must match pattern/);
  await arena.assertUnharmed();
});

test('the same over a WebSocket: $async ended the process, a pattern blocked every tenant', async () => {
  await using arena = await startArena({ server });
  await using client = await connectSocket(server.url);
  const attacks: [Schema, answer: string, complaint: RegExp][] = [
    [{ $async: true, type: 'object', required: ['a'] }, '{}', /required property 'a'/],
    [{ items: { pattern: '^(a+)+$' } }, JSON.stringify([`${'a'.repeat(40)}!`]), /must match pattern/],
    [{ propertyNames: { pattern: '(a|a)*b' } }, JSON.stringify({ [`${'a'.repeat(40)}!`]: 1 }), /property name/],
  ];
  for (const [schema, answer, complaint] of attacks) {
    const turn = await client.create(toResponse(schema, answer));
    assert.equal(turn.at(-1).type, 'response.failed');
    assert.match(turn.at(-1).response.error.message, complaint);
  }
  const [refusal] = await client.create(toResponse({ $ref: '#' }, '1'));
  assert.deepEqual([refusal.type, refusal.status, refusal.error.param], ['error', 400, 'text.format.schema']);
  assert.equal((await client.create({ input: 'Hello' })).at(-1).type, 'response.completed');
  await arena.assertUnharmed();
});

test('infinite references: each was a 500', async () => {
  await using arena = await startArena({ server });
  const endless: Schema[] = [
    { $ref: '#' },
    { anyOf: [{ $ref: '#' }, { type: 'string' }] },
    { $dynamicAnchor: 'node', $dynamicRef: '#node' },
    { allOf: [{ $ref: '#/$defs/a' }], $defs: { a: { not: { $ref: '#' } } } },
  ];
  for (const schema of endless) assert.match(await attack(arena, schema, '1'), /^400 .*leads back to its own schema/);
  const tree = { type: 'object', properties: { children: { items: { $ref: '#' } } } };
  assert.match(await attack(arena, tree, '{"children":[{"children":[1]}]}'), /must be object/);
  await arena.assertUnharmed();
});

test('large valid schemas: 257 KB took 1.8 s to compile, 2.6 MB took 13 s and 2.5 GB', async () => {
  await using arena = await startArena({ server });
  const ofObjects = (count: number) => ({
    properties: Object.fromEntries(
      list(count, (index) => [`property${index}`, { type: 'object', properties: { name: { type: 'string' } } }]),
    ),
  });
  assert.match(await attack(arena, ofObjects(2000), '{"property7":7}'), /\/property7 must be object/);
  assert.match(await attack(arena, ofObjects(15_000), '{}'), /^400 /);
  assert.match(await attack(arena, ofObjects(20_000), '{}'), /^413 /);
  await arena.assertUnharmed();
});

test('deep and wide answers end in their own error', async () => {
  await using arena = await startArena({ server });
  const { url } = arena.server;
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const reply = await send(url, '/v1/responses', toResponse({ items: { $ref: '#' } }, deep));
  assert.deepEqual([reply.status, JSON.parse(reply.text).error.code], [400, 'schema_too_expensive']);
  const wide = await send(
    url,
    '/v1/responses',
    toResponse({ uniqueItems: true }, `[${'[],'.repeat(50_000)}[]]`, { stream: true }),
  );
  assert.match(wide.text, /duplicate items|schema_too_expensive/);
  await arena.assertUnharmed();
});

test('the offline agent samples within a budget: 1.4 KB took 4.5 s, four levels more 100 s and 5 GB', async () => {
  await using arena = await startArena({ server });
  const { url } = arena.server;
  const hostile: Schema[] = [
    fanOut(24, (below) => ({ type: 'object', properties: { a: below, b: below }, required: ['a', 'b'] })),
    { allOf: list(50, (shift) => ({ enum: list(900, (index) => ({ v: index + shift })) })) },
    { $defs: { n: { anyOf: list(12, (i) => ({ items: { $ref: '#/$defs/n' }, minItems: i })) } }, $ref: '#/$defs/n' },
  ];
  for (const schema of hostile) {
    for (const body of [
      { input: 'Hello', text: { format: { type: 'json_schema', name: 'x', schema } } },
      { input: 'Hello', tools: [{ type: 'function', name: 'f', parameters: schema }], tool_choice: 'required' },
    ]) {
      const started = performance.now();
      const { status } = await send(url, '/v1/responses', body);
      assert.ok(status === 200 || status === 400, `${status}`);
      assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
    }
  }
  const parameters = { description: 'x'.repeat(300_000) };
  const tools = [
    { type: 'function', name: 'e' },
    { type: 'function', name: 'f', parameters },
  ];
  const { status, text } = await send(url, '/v1/responses', { input: 'Hello', tools });
  assert.deepEqual([status, JSON.parse(text).error.param], [400, 'tools[1].parameters']);
  await arena.assertUnharmed();
});

test('a background run with a hostile schema fails, and its server starts again', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-schemas-'));
  const settings = {
    STORE_URL: `sqlite:${join(directory, 'talaria.db')}`,
    RUN_RECOVERY: 'restart',
    RUN_LEASE_MS: '500',
  };
  const below = fanOut(24, (schema) => ({ allOf: list(2, () => ({ properties: { a: schema } })) }));
  const hostile: [Schema, string][] = [
    [{ $async: true, required: ['a'] }, '{}'],
    [{ items: { pattern: '^(a+)+$' } }, JSON.stringify([`${'a'.repeat(40)}!`])],
    [below, `${'{"a":'.repeat(24)}1${'}'.repeat(24)}`],
  ];
  try {
    await using first = await spawnTalaria(settings);
    const ids = await Promise.all(
      hostile.map(async ([schema, answer]) => {
        const { text } = await send(first.url, '/v1/responses', toResponse(schema, answer, { background: true }));
        return String(JSON.parse(text).id);
      }),
    );
    await first.kill('SIGKILL');
    await using second = await spawnTalaria(settings);
    const statusOf = async (id: string): Promise<string> =>
      JSON.parse(await (await fetch(`${second.url}/v1/responses/${id}`)).text()).status;
    for (const id of ids) await waitUntil(async () => /failed|completed/.test(await statusOf(id)));
    assert.equal(await statusOf(ids.at(-1) ?? ''), 'failed');
    assert.equal(second.process.exitCode, null);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('random schemas and answers leave the server unharmed', async (context) => {
  const seed = 20_261_129;
  context.diagnostic(`seed ${seed}`);
  const random = createRandom(seed);
  await using arena = await startArena({ server });
  const bodies = list(300, () => toResponse(randomSchema(random), JSON.stringify(randomValue(random))));
  for (let index = 0; index < bodies.length; index += 10) {
    const replies = await Promise.all(
      bodies.slice(index, index + 10).map((body) => send(arena.server.url, '/v1/responses', { ...body, store: false })),
    );
    for (const { status, text } of replies) assert.ok([200, 400, 502].includes(status), `${status} ${text}`);
  }
  await arena.assertUnharmed();
});
