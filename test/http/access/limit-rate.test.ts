import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hashKey } from '../../../src/config/hash-key.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { type ConfigOnDisk, writeConfig } from '../../helpers/write-config.ts';
import { connectSocket, errorMessage, textOf } from '../../websocket/connect-socket.ts';
import { envelope, type Reply, send } from '../send.ts';

const file = `
tenants:
  few: { limits: { requests_per_minute: 3 } }
  socket: { limits: { requests_per_minute: 2 } }
  slow: { limits: { requests_per_minute: 1 } }
  free:
keys:
  - { name: few, tenant: few, hash: "${hashKey('tlr_few')}" }
  - { name: few2, tenant: few, hash: "${hashKey('tlr_few2')}" }
  - { name: socket, tenant: socket, hash: "${hashKey('tlr_socket')}" }
  - { name: slow, tenant: slow, hash: "${hashKey('tlr_slow')}" }
  - { name: free, tenant: free, hash: "${hashKey('tlr_free')}" }
`;

describe('a limit on the requests of a tenant', () => {
  let config: ConfigOnDisk;
  let server: TestServer;
  before(async () => {
    config = writeConfig(file);
    server = await startTalaria({ TALARIA_CONFIG: config.path });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    config[Symbol.dispose]();
  });

  const get = (key: string, path = '/v1/models'): Promise<Reply> =>
    send(server.url + path, { headers: { authorization: `Bearer ${key}` } });
  const remaining = ({ headers }: Reply) => headers['x-ratelimit-remaining-requests'];

  test('is shared by all keys of the tenant, is sent with every reply, and ends in a 429 with the exact wait', async () => {
    const first = await get('tlr_few');
    assert.equal(first.status, 200);
    assert.equal(first.headers['x-ratelimit-limit-requests'], '3');
    assert.equal(remaining(first), '2');
    assert.match(String(first.headers['x-ratelimit-reset-requests']), /^20s$|^19\.\d+s$/);
    const second = await get('tlr_few2', '/v1/responses/resp_none');
    assert.deepEqual([second.status, remaining(second)], [404, '1']);
    const body = { input: '/say Hi', stream: true };
    const third = await send(`${server.url}/v1/responses`, { body, headers: { authorization: 'Bearer tlr_few' } });
    assert.deepEqual([third.status, remaining(third)], [200, '0']);
    assert.match(String(third.headers['content-type']), /event-stream/);
    // On a slow machine, one request is available again by now.
    const more = [await get('tlr_few'), await get('tlr_few2')];
    const refused = more.find(({ status }) => status === 429);
    assert.ok(refused, 'five requests got through');
    const seconds = Number(refused.headers['retry-after']);
    assert.ok(seconds >= 1 && seconds <= 20, `${seconds}`);
    assert.equal(remaining(refused), '0');
    const message = `Too many requests: the limit is 3 a minute. Try again in ${seconds} s.`;
    assert.deepEqual(refused.json, envelope('rate_limit_exceeded', message, null, 'rate_limit_error'));
  });

  test('does not affect other tenants, whose replies lack the headers', async () => {
    for (let i = 0; i < 10; i += 1) {
      const reply = await get('tlr_free');
      assert.equal(reply.status, 200);
      assert.deepEqual(
        Object.keys(reply.headers).filter((name) => name.startsWith('x-ratelimit')),
        [],
      );
    }
  });

  test('is not used up by requests without a key', async () => {
    for (let i = 0; i < 5; i += 1) assert.equal((await get('tlr_wrong')).status, 401);
    assert.equal((await get('tlr_slow')).status, 200);
    assert.equal((await get('tlr_slow', '/health')).status, 200);
  });

  test('holds for the turns of a WebSocket too, which stays open', async () => {
    const headers = { authorization: 'Bearer tlr_socket' };
    await using client = await connectSocket(server.url, { headers });
    for (let turn = 0; turn < 2; turn += 1) assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
    const [refused] = await client.create({ input: '/say Hi' });
    const seconds = /(\d+) s\.$/.exec(refused.error?.message)?.[1];
    const message = `Too many requests: the limit is 2 a minute. Try again in ${seconds} s.`;
    assert.deepEqual(refused, errorMessage(429, 'rate_limit_exceeded', message));
    assert.equal(client.socket.readyState, client.socket.OPEN);
    assert.equal((await get('tlr_socket')).status, 429);
  });
});
