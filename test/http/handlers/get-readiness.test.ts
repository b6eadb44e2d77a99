import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { checkedFetch } from '../../helpers/contract-check.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { writeConfig } from '../../helpers/write-config.ts';

test('is ready when the store takes writes and the agent lists its models', async () => {
  await using server = await startTalaria();
  const reply = await checkedFetch(`${server.url}/ready`);
  assert.equal(reply.status, 200);
  assert.deepEqual(await reply.json(), { status: 'ready', checks: { store: 'ok', agent: 'ok' } });
});

test('is not ready while the agent is unreachable, and names only the failed part', async () => {
  await using server = await startTalaria({ AGENT_URL: 'http://127.0.0.1:1/v1' });
  const reply = await checkedFetch(`${server.url}/ready`);
  assert.equal(reply.status, 503);
  assert.deepEqual(await reply.json(), { status: 'unavailable', checks: { store: 'ok', agent: 'failed' } });
});

test('is not ready while the store refuses writes', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-ready-'));
  context.after(() => rm(directory, { recursive: true }));
  const file = join(directory, 'store.db');
  await using server = await startTalaria({ STORE_URL: `sqlite:${file}` });
  const intruder = new Database(file);
  intruder.exec('DROP TABLE totals');
  intruder.close();
  const reply = await checkedFetch(`${server.url}/ready`);
  assert.equal(reply.status, 503);
  assert.deepEqual(await reply.json(), { status: 'unavailable', checks: { store: 'failed', agent: 'ok' } });
});

test('reports an MCP server that is down, and stays ready', async () => {
  using file = writeConfig('mcp_servers: { files: { command: /does/not/exist } }');
  await using server = await startTalaria({ TALARIA_CONFIG: file.path, AGENT_MCP_SERVERS: 'files' });
  const read = async () => {
    const reply = await checkedFetch(`${server.url}/ready`);
    return [reply.status, await reply.json()];
  };
  const checks = { store: 'ok', agent: 'ok' };
  assert.deepEqual(await read(), [200, { status: 'ready', checks: { ...checks, mcp_servers: { files: 'idle' } } }]);
  const messages = [{ role: 'user' as const, content: 'hi' }];
  await server.openai.chat.completions.create({ model: 'offline', messages });
  assert.deepEqual(await read(), [200, { status: 'ready', checks: { ...checks, mcp_servers: { files: 'failed' } } }]);
});
