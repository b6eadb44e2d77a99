import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { startMcpServer } from '../../helpers/mcp/http-server.ts';
import { spawnTalaria } from '../../helpers/spawn-talaria.ts';
import { post } from '../../helpers/talaria.ts';
import { waitUntil } from '../../helpers/wait-until.ts';

const marker = 'MARKER-4711-SECRET';

suite('the secrets for an MCP server in a request', () => {
  test('are in no table, reply or log, and reach the server after a restart', async () => {
    await using mcp = await startMcpServer();
    const folder = mkdtempSync(join(tmpdir(), 'talaria-secrets-'));
    using _folder = { [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
    const settings = {
      STORE_URL: `sqlite:${join(folder, 'store.db')}`,
      MCP_REQUEST_SERVERS: 'any',
      RUN_LEASE_MS: '1000',
      LOG_LEVEL: 'trace',
    };
    const first = await spawnTalaria(settings);
    const tool = {
      type: 'mcp',
      server_label: 'away',
      server_url: `${mcp.url}?key=${marker}-3`,
      headers: { 'x-key': `${marker}-1` },
      authorization: `${marker}-2`,
      require_approval: 'never',
    };
    const additional = { type: 'additional_tools', tools: [{ ...tool, server_label: 'other' }] };
    const input = [additional, { role: 'user', content: '/tokens 60 delay 30ms\n/call away__pid\n/then\n/say Done.' }];
    const body = { model: 'offline', input, tools: [tool], background: true };
    const started = await post(`${first.url}/v1/responses`, body, { 'idempotency-key': 'one' });
    const replies = [await started.text()];
    const { id } = JSON.parse(replies[0] ?? '');
    const read = async (url: string, path = '') => (await fetch(`${url}/v1/responses/${id}${path}`)).text();
    await waitUntil(async () => (await read(first.url)).includes('three'));
    replies.push(await read(first.url), await read(first.url, '/input_items'));
    await first.kill('SIGKILL');
    const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    const before = mcp.received.length;
    const second = await spawnTalaria(settings);
    replies.push(await read(second.url, '?stream=true'), await read(second.url));
    assert.equal(JSON.parse(replies.at(-1) ?? '').status, 'completed');
    const sent = mcp.received.slice(before);
    assert.ok(sent.some((headers) => headers['x-key'] === `${marker}-1`));
    assert.ok(sent.some(({ authorization }) => authorization === `Bearer ${marker}-2`));
    await second.kill('SIGTERM');
    stored.push(...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')));
    const texts = { replies, stored, logs: [first.stderr(), second.stderr()] };
    assert.ok(texts.stored.join('').includes('server_label'), 'the rest of the tool is stored');
    assert.doesNotMatch(JSON.stringify(texts), new RegExp(marker));
  });
});
