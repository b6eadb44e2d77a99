import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { startTalaria } from '../helpers/talaria.ts';
import { createTestFile } from '../store/sqlite/test-database.ts';

test('a background response that the last request of a stopping server starts ends before its store closes', async () => {
  using created = createTestFile();
  const settings = { STORE_URL: `sqlite:${created.file}`, RUN_RECOVERY: 'fail' };
  const server = await startTalaria(settings);
  const agent = new Agent({ keepAlive: true });
  const send = async (path: string, body?: object): Promise<{ id: string }> => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const outgoing = request(server.url + path, { method: body ? 'POST' : 'GET', agent, headers });
    outgoing.end(body && JSON.stringify(body));
    const [incoming] = await once(outgoing, 'response');
    return (await json(incoming)) as { id: string };
  };
  await send('/v1/models');
  const disposed = server[Symbol.asyncDispose]();
  const { id } = await send('/v1/responses', { input: '/wait 300ms\n/say late', background: true });
  await disposed;
  await using next = await startTalaria(settings);
  assert.equal((await next.openai.responses.retrieve(id)).status, 'completed');
});
