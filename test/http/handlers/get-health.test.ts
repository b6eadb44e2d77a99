import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { checkedFetch } from '../../helpers/contract-check.ts';
import { startTalaria } from '../../helpers/talaria.ts';

test('reports that the server is alive, and its version', async () => {
  await using server = await startTalaria();
  const reply = await checkedFetch(`${server.url}/health`);
  const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
  assert.equal(reply.status, 200);
  assert.deepEqual(await reply.json(), { status: 'ok', platform: 'talaria', version });
});

test('is alive though its agent is not', async () => {
  await using server = await startTalaria({ AGENT_URL: 'http://127.0.0.1:1/v1' });
  assert.equal((await checkedFetch(`${server.url}/health`)).status, 200);
});
