import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { createClient, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { toModel } from '../helpers/upstream-wire.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';
import { envelope, send } from '../http/send.ts';
import { connectSocket, textOf } from '../websocket/connect-socket.ts';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('a server with several agents', () => {
  let big: Upstream;
  let small: Upstream;
  let file: ConfigOnDisk;
  let server: TestServer;
  before(async () => {
    big = await startUpstream({ apiKey: 'sk-big', models: [toModel('large'), toModel('shared')] });
    small = await startUpstream({ models: [toModel('shared'), toModel('tiny'), toModel('big')] });
    file = writeConfig(`
agents:
  big: { url: "${big.url}", api_key: "\${BIG_KEY}" }
  small: { url: "${small.url}" }
  test: { url: "offline:" }
  down: { url: "http://127.0.0.1:1/v1" }
tenants:
  all:
  some: { agents: [test, small] }
  one: { agents: [small] }
keys:
  - { name: all, tenant: all, hash: "${hashKey('tlr_all')}" }
  - { name: some, tenant: some, hash: "${hashKey('tlr_some')}" }
  - { name: one, tenant: one, hash: "${hashKey('tlr_one')}" }
`);
    server = await startTalaria({ TALARIA_CONFIG: file.path, BIG_KEY: 'sk-big' });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    file[Symbol.dispose]();
    await Promise.all([big[Symbol.asyncDispose](), small[Symbol.asyncDispose]()]);
  });

  const modelsOf = async (key: string): Promise<string[]> =>
    (await createClient(server.url, key).models.list()).data.map(({ id }) => id);

  test('lists the models of each tenant, its default first, without the agent that is down', async () => {
    assert.deepEqual(await modelsOf('tlr_all'), ['large', 'shared', 'small/shared', 'tiny', 'small/big', 'offline']);
    assert.deepEqual(await modelsOf('tlr_some'), ['offline', 'shared', 'tiny', 'big']);
    assert.deepEqual(await modelsOf('tlr_one'), ['shared', 'tiny', 'big']);
  });

  test('every listed model can be retrieved, and routes to its agent', async () => {
    const client = createClient(server.url, 'tlr_all');
    for (const { id } of (await client.models.list()).data) {
      assert.equal((await client.models.retrieve(id)).id, id);
      const response = await client.responses.create({ model: id, input: 'say Hi', store: false });
      assert.equal(response.model, id);
    }
  });

  const routes: [key: string, model: string | undefined, agent: 'big' | 'small' | 'test', sent?: string][] = [
    ['tlr_all', undefined, 'big', 'large'],
    ['tlr_all', '', 'big', 'large'],
    ['tlr_all', 'large', 'big', 'large'],
    ['tlr_all', 'shared', 'big', 'shared'],
    ['tlr_all', 'small/shared', 'small', 'shared'],
    ['tlr_all', 'big', 'big', 'large'],
    ['tlr_all', 'small', 'small', 'shared'],
    ['tlr_all', 'small/unlisted', 'small', 'unlisted'],
    ['tlr_all', 'small/org/model', 'small', 'org/model'],
    ['tlr_all', 'test', 'test'],
    ['tlr_some', undefined, 'test'],
    ['tlr_some', 'shared', 'small', 'shared'],
    ['tlr_some', 'big', 'small', 'big'],
    ['tlr_one', undefined, 'small', 'shared'],
    ['tlr_one', '', 'small', 'shared'],
    ['tlr_one', 'tiny', 'small', 'tiny'],
  ];
  for (const [key, model, agent, sent] of routes) {
    for (const [path, fields] of [
      ['/v1/responses', { input: 'say Hi' }],
      ['/v1/chat/completions', { messages: [{ role: 'user', content: 'say Hi' }] }],
    ] as const) {
      test(`${path}: model ${JSON.stringify(model)} of ${key} goes to ${agent}${sent ? ` as ${sent}` : ''}`, async () => {
        const counts = () =>
          [big, small].map(({ requests }) => requests.filter(({ method }) => method === 'POST').length);
        const before = counts();
        const reply = await send(server.url + path, { body: { ...fields, model }, headers: bearer(key) });
        assert.equal(reply.status, 200, reply.text);
        if (model) assert.match(reply.text, new RegExp(`"model":"${model}"`));
        const asked = counts().map((count, index) => count - (before[index] ?? 0));
        assert.deepEqual(asked, [agent === 'big' ? 1 : 0, agent === 'small' ? 1 : 0]);
        const upstream = { big, small, test: undefined }[agent];
        if (upstream) assert.equal(upstream.requests.at(-1)?.body.model, sent);
      });
    }
  }

  test('a model of an agent that the tenant may not use does not exist for it', async () => {
    for (const [key, model] of [
      ['tlr_some', 'large'],
      ['tlr_some', 'big/large'],
      ['tlr_one', 'offline'],
      ['tlr_one', 'test'],
      ['tlr_one', 'nobody/large'],
    ] as const) {
      const refused = envelope('model_not_found', `The model '${model}' does not exist.`, 'model');
      for (const [path, body] of [
        ['/v1/responses', { model, input: 'Hi' }],
        ['/v1/responses', { model, input: 'Hi', stream: true }],
        ['/v1/chat/completions', { model, messages: [{ role: 'user', content: 'Hi' }] }],
      ] as const) {
        const reply = await send(server.url + path, { body, headers: bearer(key) });
        assert.deepEqual([reply.status, reply.json], [404, refused], `${key} ${model}`);
      }
    }
  });

  test('an unknown name is not a 404 while an agent is unreachable: it may have the model', async () => {
    const { status, json } = await send(`${server.url}/v1/responses`, {
      body: { model: 'unknown', input: 'Hi' },
      headers: bearer('tlr_all'),
    });
    assert.deepEqual([status, (json as { error: { code: string } }).error.code], [502, 'upstream_error']);
  });

  test('is ready while at least one agent answers', async () => {
    assert.equal((await send(`${server.url}/ready`)).status, 200);
  });

  test('routes each turn of a WebSocket in the same way', async () => {
    await using client = await connectSocket(server.url, { headers: bearer('tlr_some') });
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
    assert.equal(textOf(await client.create({ input: 'say Hi', model: 'small' })), 'Hi');
    const [refused] = await client.create({ input: 'Hi', model: 'large' });
    assert.equal(refused.error.code, 'model_not_found');
  });
});

test('without a reachable agent, the list of models and readiness are errors', async () => {
  using file = writeConfig('agents: { a: { url: "http://127.0.0.1:1/v1" }, b: { url: "http://127.0.0.1:1/v1" } }');
  await using server = await startTalaria({ TALARIA_CONFIG: file.path });
  assert.equal((await send(`${server.url}/v1/models`)).status, 502);
  assert.equal((await send(`${server.url}/ready`)).status, 503);
});

test('a single agent of the file accepts any name and echoes it, like one of the environment', async () => {
  await using upstream = await startUpstream();
  using file = writeConfig(`agents: { a: { url: "${upstream.url}" } }\ntenants: { default: { agents: [a] } }`);
  await using server = await startTalaria({ TALARIA_CONFIG: file.path });
  for (const model of ['whatever', 'a', 'a/b']) {
    const response = await server.openai.responses.create({ model, input: 'say Hi', store: false });
    assert.equal(response.model, model);
    assert.equal(upstream.requests.at(-1)?.body.model, model);
  }
});
