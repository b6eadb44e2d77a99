import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { storeKinds } from '../helpers/store-urls.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { call, script, startMcpTalaria, use } from '../mcp/mcp-talaria.ts';
import { startCurrentServer } from '../mcp/servers/http-server.ts';
import {
  type Approval,
  type ApprovalList,
  createOperator,
  type Operator,
  type Response,
  type RunList,
} from './operator.ts';

const label = 'weather';
const tools = [use(label, { require_approval: 'always' })];
const ask = (...cities: string[]) =>
  script(...cities.map((city) => call('weather__get_weather', { city })), '/say Done.');

for (const kind of storeKinds) {
  describe(`approvals, for operators (${kind.name})`, () => {
    const stack = new AsyncDisposableStack();
    let server: TestServer;
    let operator: Operator;
    before(async () => {
      const { url } = stack.use(await kind.open());
      const weather = stack.use(await startCurrentServer());
      const servers = { [label]: { url: weather.url } };
      server = stack.use(await startMcpTalaria(servers, { STORE_URL: url }));
      const other = kind.lasts ? stack.use(await startMcpTalaria(servers, { STORE_URL: url })) : server;
      operator = createOperator(other.url);
    });
    after(() => stack.disposeAsync());

    const start = async (...cities: string[]) => {
      const asked = await server.openai.responses.create({ model: 'offline', input: ask(...cities), tools });
      const request = asked.output.find((item) => item.type === 'mcp_approval_request');
      assert.ok(request, JSON.stringify(asked.output));
      return { asked, id: request.id };
    };
    const pendingOf = async (run: string) => (await operator.get<ApprovalList>(`/approvals?run=${run}`)).data;
    const finish = async ({ id }: Response) => {
      await waitUntil(
        async () => !['queued', 'in_progress'].includes((await server.openai.responses.retrieve(id)).status ?? ''),
      );
      return server.openai.responses.retrieve(id);
    };

    it('are listed with their calls, and the run waits', async () => {
      await start('Rome');
      const { asked, id } = await start('Paris');
      const [approval, ...others] = await pendingOf(asked.id);
      assert.deepEqual(others, []);
      const { created_at, expires_at, ...rest } = approval as Approval;
      assert.ok(expires_at > created_at);
      assert.deepEqual(rest, {
        ...{ id, object: 'approval', status: 'pending', tenant: 'default', response_id: asked.id, model: 'offline' },
        ...{ server_label: label, tool: 'get_weather', arguments: '{"city":"Paris"}' },
        ...{ previous_arguments: '{"city":"Rome"}', reason: null, answered_by: null, answered_at: null },
      });
      assert.deepEqual(await operator.get<Approval>(`/approvals/${id}`), approval);
      await waitUntil(async () => {
        const { data } = await operator.get<RunList>('/runs?status=waiting_for_approval');
        return data.some((run) => run.id === asked.id && run.pending_approvals === 1);
      });
      assert.equal(await operator.refusal('GET', '/approvals/mcpr_0'), '404 approval_not_found');
    });

    it('are approved: another response runs the call and continues', async () => {
      const { asked, id } = await start('Paris');
      const continued = await finish(await operator.post(`/approvals/${id}/answer`, { approve: true }));
      assert.equal(continued.previous_response_id, asked.id);
      const done = continued.output.find((item) => item.type === 'mcp_call');
      assert.match(done?.output ?? '', /18 degrees/);
      const approval = await operator.get<Approval>(`/approvals/${id}`);
      assert.deepEqual([approval.status, approval.answered_by], ['approved', continued.id]);
      assert.deepEqual(await pendingOf(asked.id), []);
      const late = { previous_response_id: asked.id, model: 'offline', tools };
      const answer = { type: 'mcp_approval_response' as const, approval_request_id: id, approve: true };
      await assert.rejects(server.openai.responses.create({ ...late, input: [answer] }), { status: 409 });
      assert.equal(
        await operator.refusal('POST', `/approvals/${id}/answer`, { approve: true }),
        '409 approval_conflict',
      );
    });

    it('are denied with a reason, which the model reads', async () => {
      const { id } = await start('Paris');
      const continued = await finish(
        await operator.post(`/approvals/${id}/answer`, { approve: false, reason: 'Not on a Friday.' }),
      );
      assert.equal(
        continued.output.some((item) => item.type === 'mcp_call'),
        false,
      );
      const approval = await operator.get<Approval>(`/approvals/${id}`);
      assert.deepEqual([approval.status, approval.reason], ['denied', 'Not on a Friday.']);
    });

    it('cover further calls of the run if the operator says so', async () => {
      const { id } = await start('Paris', 'Rome', 'Oslo');
      const one = await finish(await operator.post(`/approvals/${id}/answer`, { approve: true }));
      const [next] = await pendingOf(one.id);
      assert.equal(next?.arguments, '{"city":"Rome"}');
      const rest = await finish(
        await operator.post(`/approvals/${next.id}/answer`, { approve: true, remember: 'tool' }),
      );
      assert.equal(rest.output.filter((item) => item.type === 'mcp_call').length, 2, JSON.stringify(rest.output));
      assert.match(rest.output_text, /Done\./);
      assert.deepEqual(await pendingOf(rest.id), []);
      const { id: later } = await start('Paris');
      assert.ok(later, 'a run of its own asks again');
    });

    it('cannot be answered for a response that was not stored', async () => {
      const asked = await server.openai.responses.create({
        model: 'offline',
        input: ask('Paris'),
        tools,
        store: false,
      });
      const request = asked.output.find((item) => item.type === 'mcp_approval_request');
      const refused = await operator.refusal('POST', `/approvals/${request?.id}/answer`, { approve: true });
      assert.equal(refused, '400 unsupported_value');
    });
  });
}
