import assert from 'node:assert/strict';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { openSocket } from '../http/send.ts';
import { connectSocket, textOf, toSocketUrl } from './connect-socket.ts';
import { startSocketServer } from './start-socket-server.ts';

const head =
  'GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

/** Returns a masked text frame; the mask is zero. */
function toFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  assert.ok(bytes.length < 126);
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
}

const countErrors = (text: string): number => text.split('"type":"error"').length - 1;

/** The library is loaded at the first upgrade, so these wait for it. */
suite('the first upgrades of a server', () => {
  test('obey the bound on connections when they come together', async () => {
    await using server = await startSocketServer({ limits: { connections: 2 } });
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const socket = new WebSocket(toSocketUrl(server.url));
        const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode);
        const outcome = await Promise.race([once(socket, 'open').then(() => 101), refused]);
        socket.on('error', () => undefined);
        return { socket, outcome };
      }),
    );
    assert.deepEqual(outcomes.map(({ outcome }) => outcome).toSorted(), [101, 101, 429, 429, 429, 429]);
    for (const { socket } of outcomes) socket.terminate();
  });

  test('lose no frame that is sent along or soon after', async () => {
    await using server = await startSocketServer();
    const socket = openSocket(server.url);
    socket.write(Buffer.concat([Buffer.from(head), toFrame('first')]));
    await delay(1);
    socket.write(toFrame('second'));
    let received = '';
    for await (const chunk of socket) {
      received += chunk;
      if (countErrors(received) === 2) break;
    }
    assert.equal(countErrors(received), 2);
    assert.match(received, /^HTTP\/1\.1 101 /);
    socket.destroy();
  });

  test('may end while they wait', async () => {
    await using server = await startSocketServer();
    const sockets = Array.from({ length: 20 }, () => openSocket(server.url));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) socket.write(head, () => socket.resetAndDestroy());
    await using client = await connectSocket(server.url);
    assert.equal(textOf(await client.create({ input: '/say Hi' })), 'Hi');
  });
});
