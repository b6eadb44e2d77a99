import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openApprovalState } from '../../src/runs/approval-state.ts';
import { createSealer } from '../../src/seal/seal.ts';
import { startMcpServer } from '../helpers/mcp/http-server.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { model } from '../responses/resumable-server.ts';
import { now, startShared } from './shared-store.ts';

const secret = 'MARKER-4712-SECRET';

test('an operator can see a call that waits for approval, and answer it with the secrets of its request', async () => {
  await using mcp = await startMcpServer();
  await using shared = await startShared({ MCP_REQUEST_SERVERS: 'any' });
  const { server, store, file } = shared;
  const send = async (body: object): Promise<{ id: string }> =>
    JSON.parse(await (await post(`${server.url}/v1/responses`, body)).text());
  const away = { server_label: 'away', server_url: mcp.url, headers: { 'x-key': secret }, require_approval: 'always' };
  const tools = [{ type: 'mcp', ...away }];
  const input = 'tool away__echo {"text":"hi"}';
  const { id } = await send({ model, tools, input, instructions: 'Be brief.', background: true });
  const read = () => server.openai.responses.retrieve(id);
  await waitUntil(async () => (await read()).status === 'completed');
  const page = await store.approvals.listAll({ status: 'pending', runId: id, now: now(), limit: 10 });
  const [approval] = page === 'unknown-after' ? [] : page.data;
  assert.deepEqual([approval?.server, approval?.tool, approval?.tenant], ['away', 'echo', 'default']);
  assert.ok(approval?.state);
  const sealer = createSealer(await store.secret('seal'));
  const scope = { sealer, tenant: approval.tenant, maxBytes: 1_000_000 };
  assert.equal(openApprovalState(approval.state, { ...scope, tenant: 'tenant-b' }), undefined);
  const state = openApprovalState(approval.state, scope);
  assert.deepEqual(state, { arguments: '{"text":"hi"}', request: { model, tools, instructions: 'Be brief.' } });
  for (const end of ['', '-wal']) assert.equal(readFileSync(file + end, 'latin1').includes(secret), false);
  const answer = { type: 'mcp_approval_response', approval_request_id: approval.id, approve: true };
  const next = await send({ ...state?.request, previous_response_id: id, input: [answer], background: true });
  await waitUntil(async () => (await server.openai.responses.retrieve(next.id)).status === 'completed');
  assert.equal((await server.openai.responses.retrieve(next.id)).output_text, 'The tool said: hi');
  assert.ok(mcp.received.some((headers) => headers['x-key'] === secret));
  assert.equal((await store.approvals.find(approval.id))?.answer?.usedBy, next.id);
});
