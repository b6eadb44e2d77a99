import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';

describe('integers in a query', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  const ask = async (path: string) => {
    const reply = await fetch(`${server.url}${path}`);
    const { error } = (await reply.json()) as { error?: { code: string; param: string } };
    return [reply.status, error?.code, error?.param];
  };

  for (const value of ['1e999', '1e2', '0x10', '9007199254740993', 'items']) {
    test(`are decimal: limit=${value} is a 400`, async () => {
      assert.deepEqual(await ask(`/v1/chat/completions?limit=${value}`), [400, 'invalid_value', 'limit']);
    });
  }

  test('of operations without such a parameter are ignored, as every unknown parameter is', async () => {
    assert.deepEqual(await ask('/v1/models?limit=items&starting_after=desc'), [200, undefined, undefined]);
    assert.deepEqual(await ask('/health?limit=1e999'), [200, undefined, undefined]);
  });
});
