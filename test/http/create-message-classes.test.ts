import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import express from 'express';
import { createMessageClasses } from '../../src/http/create-message-classes.ts';
import { exchange } from './send.ts';

// An address is a string only for a pipe.
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Sends one request. Returns whether Express found its own prototypes, and the reply. */
async function ask(app: express.Express) {
  let before: unknown[] = [];
  let after: unknown[] = [];
  app.get('/seen', (request, response) => {
    after = [Object.getPrototypeOf(request), Object.getPrototypeOf(response)];
    response.status(201).json({ path: request.path, app: request.app === app && response.app === app });
  });
  const server = createServer(createMessageClasses(app), (request, response) => {
    before = [Object.getPrototypeOf(request), Object.getPrototypeOf(response)];
    app(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const reply = await fetch(`${urlOf(server)}/seen`);
    return { before, after, status: reply.status, body: await reply.json() };
  } finally {
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
}

describe('the classes of messages', () => {
  it("have Express's prototypes from the start", async () => {
    const { before, after, status, body } = await ask(express());
    assert.ok(before[0] === after[0] && before[1] === after[1]);
    assert.equal(status, 201);
    assert.deepEqual(body, { path: '/seen', app: true });
  });

  it('send texts, bytes and empty texts as chunks of their own', async () => {
    const app = express();
    app.get('/seen', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      for (const piece of ['one ', 'zwölf 🦉 ', '', Buffer.from('bytes ')]) response.write(piece);
      response.end('end');
    });
    const server = createServer(createMessageClasses(app), app);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const reply = await exchange(urlOf(server), 'GET /seen HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      const [, body] = reply.split('\r\n\r\n', 2);
      assert.equal(body, '4\r\none \r\nc\r\nzwölf 🦉 \r\n6\r\nbytes \r\n3\r\nend\r\n0');
    } finally {
      await once(server.close(), 'close');
    }
  });

  it('belong to one application', async () => {
    for (const { body } of [await ask(express()), await ask(express())]) {
      assert.deepEqual(body, { path: '/seen', app: true });
    }
  });
});
