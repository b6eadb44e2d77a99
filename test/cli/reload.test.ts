import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, test } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { createClient } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';
import { send } from '../http/send.ts';
import { connectSocket, textOf } from '../websocket/connect-socket.ts';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const key = (name: string, tenant = 'default') =>
  `  - { name: ${name}, tenant: ${tenant}, hash: "${hashKey(`tlr_${name}`)}" }\n`;
const agents = 'agents:\n  a: { url: "offline:" }\n  b: { url: "offline:" }\n';

const start = (file: ConfigOnDisk) => spawnTalaria({ TALARIA_CONFIG: file.path, LOG_LEVEL: 'info' });
const statusOf = async ({ url }: TestProcess, name: string, path = '/v1/models'): Promise<number> =>
  (await send(url + path, { headers: bearer(`tlr_${name}`) })).status;

/** Sends SIGHUP, and resolves with the log line of the reload. */
async function reload(server: TestProcess): Promise<{ msg: string; reason?: string }> {
  const from = server.stderr().length;
  server.process.kill('SIGHUP');
  const find = () => /^\{.*keys and tenants.*\}$/m.exec(server.stderr().slice(from))?.[0];
  await waitUntil(() => find() !== undefined, 'the log line of the reload');
  return JSON.parse(find() ?? '');
}

describe('SIGHUP', () => {
  test('accepts new keys and refuses revoked ones, without dropping connections', async () => {
    using file = writeConfig(`keys:\n${key('old')}${key('kept')}`);
    await using server = await start(file);
    await using revoked = await connectSocket(server.url, { headers: bearer('tlr_old') });
    await using kept = await connectSocket(server.url, { headers: bearer('tlr_kept') });
    assert.equal(textOf(await revoked.create({ input: '/say Hi' })), 'Hi');
    const running = await createClient(server.url, 'tlr_old').responses.create({
      input: '/say Begun.\n/wait 1000ms\n/say Done.',
      stream: true,
    });
    file.write(`keys:\n${key('new')}${key('kept')}`);
    assert.equal((await reload(server)).msg, 'reloaded keys and tenants');

    assert.deepEqual(
      [await statusOf(server, 'old'), await statusOf(server, 'new'), await statusOf(server, 'kept')],
      [401, 200, 200],
    );
    // An active response runs to its end.
    assert.equal((await Array.fromAsync(running)).at(-1)?.type, 'response.completed');
    // A WebSocket stays open, but turns with a revoked key are refused.
    const [refused] = await revoked.create({ input: '/say Hi' });
    assert.deepEqual([refused.status, refused.error.code], [401, 'invalid_api_key']);
    assert.equal(textOf(await kept.create({ input: '/say Hi' })), 'Hi');
    assert.doesNotMatch(server.stderr(), /tlr_|sha256|[0-9a-f]{64}/);
  });

  test('applies changed tenant settings from the next request on', async () => {
    using file = writeConfig(`${agents}tenants: { acme: }\nkeys:\n${key('k', 'acme')}`);
    await using server = await start(file);
    await using client = await connectSocket(server.url, { headers: bearer('tlr_k') });
    assert.equal((await client.create({ input: '/say Hi', model: 'b' })).at(-1).type, 'response.completed');
    file.write(
      `${agents}tenants: { acme: { agents: [a], limits: { requests_per_minute: 100 } } }\nkeys:\n${key('k', 'acme')}`,
    );
    await reload(server);
    const { headers } = await send(`${server.url}/v1/models`, { headers: bearer('tlr_k') });
    assert.equal(headers['x-ratelimit-limit-requests'], '100');
    const [refused] = await client.create({ input: '/say Hi', model: 'b' });
    assert.equal(refused.error.code, 'model_not_found');
  });

  const bad: [name: string, text: string, reason: RegExp][] = [
    ['broken', 'keys: [', /talaria\.yaml: Flow sequence/],
    ['one mistake', `keys:\n${key('k')}  - {}\n`, /talaria\.yaml: keys\[1\]: name is required\./],
    ['no keys, which would turn authentication off', '', /The configuration has no keys any more/],
    [
      'an agent that does not run',
      `agents: { x: { url: "offline:" } }\ntenants: { acme: { agents: [x] } }\nkeys:\n${key('k')}`,
      /tenants\.acme\.agents: the agent "x" is new/,
    ],
  ];
  test('logs an invalid file, and keeps the current keys and tenants', async () => {
    using file = writeConfig(`keys:\n${key('k')}`);
    await using server = await start(file);
    for (const [name, text, reason] of bad) {
      file.write(text);
      const line = await reload(server);
      assert.equal(line.msg, 'failed to reload keys and tenants', name);
      assert.match(line.reason ?? '', reason, name);
      assert.deepEqual([await statusOf(server, 'k'), await statusOf(server, 'other')], [200, 401], name);
    }
  });

  test('logs a default file that has disappeared, and keeps the current keys and tenants', async () => {
    using file = writeConfig('tenants: { default: { limits: { requests_per_minute: 100 } } }');
    await using server = await spawnTalaria({ API_SERVER_KEY: 'tlr_k' }, { cwd: dirname(file.path) });
    rmSync(file.path);
    assert.match((await reload(server)).reason ?? '', /talaria\.yaml: the file does not exist\./);
    const { headers } = await send(`${server.url}/v1/models`, { headers: bearer('tlr_k') });
    assert.equal(headers['x-ratelimit-limit-requests'], '100');
  });

  test('can turn authentication on, but not off again', async () => {
    using file = writeConfig('tenants: {}');
    await using server = await start(file);
    assert.equal(await statusOf(server, 'any'), 200);
    file.write(`keys:\n${key('k')}`);
    await reload(server);
    assert.deepEqual([await statusOf(server, 'any'), await statusOf(server, 'k')], [401, 200]);
    // With authentication on, any host name is accepted.
    const foreign = { ...bearer('tlr_k'), host: 'talaria.example.org' };
    assert.equal((await send(`${server.url}/v1/models`, { headers: foreign })).status, 200);
    file.write('tenants: {}');
    assert.match((await reload(server)).reason ?? '', /The configuration has no keys any more/);
    assert.equal(await statusOf(server, 'any'), 401);
  });

  test('is ignored by a server without a configuration file, with a warning', async () => {
    await using server = await spawnTalaria({ LOG_LEVEL: 'warn' });
    server.process.kill('SIGHUP');
    await waitUntil(() => server.stderr().includes('"nothing to reload"'), 'the warning');
    assert.equal(await statusOf(server, 'any'), 200);
  });
});
