import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import express from 'express';
import { createMessageClasses } from '../../src/http/create-message-classes.ts';

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
    // An address is a string only for a pipe.
    const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/seen`);
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

  it('belong to one application', async () => {
    for (const { body } of [await ask(express()), await ask(express())]) {
      assert.deepEqual(body, { path: '/seen', app: true });
    }
  });
});
