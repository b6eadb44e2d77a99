import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { connectSocket } from './connect-socket.ts';

test('the log records each connection and turn under the request id of the handshake, and no secret', async () => {
  await using server = await spawnTalaria({ API_SERVER_KEY: 'sk-secret', LOG_LEVEL: 'info' });
  await using client = await connectSocket(server.url, { headers: { authorization: 'Bearer sk-secret' } });
  await client.create({ input: '/say Hi' });
  await client.create({ input: '/status 500' });
  await client.create({ input: 'Hello', previous_response_id: 'nonsense' });
  client.socket.close(1000);
  await client.closed;
  await assert.rejects(connectSocket(`${server.url}/?key=sk-secret`));
  await server.kill('SIGTERM');

  const lines = server
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const logged = lines.filter(({ msg }) => /websocket|upgrade/.test(msg));
  const brief = logged.map(({ msg, status, code, closeCode }) => [msg, status, code, closeCode]);
  assert.deepEqual(brief, [
    ['websocket open', undefined, undefined, undefined],
    ['websocket turn', undefined, undefined, undefined],
    ['websocket turn', 502, 'upstream_error', undefined],
    ['websocket turn', 404, 'previous_response_not_found', undefined],
    ['websocket closed', undefined, undefined, 1000],
    ['upgrade refused', 426, 'upgrade_required', undefined],
  ]);
  assert.equal(new Set(logged.slice(0, 5).map(({ requestId }) => requestId)).size, 1);
  assert.deepEqual([...new Set(logged.slice(0, 5).map(({ tenant }) => tenant))], ['default']);
  assert.match(logged[0].requestId, /^req_[0-9a-f]{32}$/);
  assert.doesNotMatch(server.stderr(), /sk-secret/);
});
