import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTalaria } from '../helpers/talaria.ts';
import { exchange, openSocket } from './send.ts';

const request = 'GET /health HTTP/1.1\r\nHost: localhost\r\n';

test('an idle connection outlives the minute of load balancers and proxies, and its reply announces the timeout', async () => {
  await using server = await startTalaria();
  const reply = await exchange(server.url, `${request}\r\n${request}Connection: close\r\n\r\n`);
  assert.equal(reply.match(/HTTP\/1\.1 200 OK/g)?.length, 2, 'both over one connection');
  assert.ok(Number(/^Keep-Alive: timeout=(\d+)/m.exec(reply)?.[1]) > 60, reply);
});

test('an idle connection does not block shutdown', async () => {
  const server = await startTalaria();
  const socket = openSocket(server.url);
  socket.write(`${request}\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await server[Symbol.asyncDispose]();
  await closed;
});
