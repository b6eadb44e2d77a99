import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Approvals } from '../../src/agent/loop/loop-services.ts';
import { createItemId, createResponseId } from '../../src/ids.ts';
import { type ApprovalCheck, checkApproval, createRunApprovals, hashApproval } from '../../src/runs/approvals.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';

const tenant = 'tenant-a';
const startedAt = 1_700_000_000_000;
const server = { label: 'files', url: 'https://mcp.example.org' };
const call = { server, tool: 'delete', arguments: '{"path":"a"}' };
const param = 'input[0].approval_request_id';

/** Returns the approvals of a new run, asked and used at a number of seconds after the start. */
function createApprovals({ store }: Pick<TestStore, 'store'>, second = 0, runId = createResponseId()) {
  const now = () => startedAt + second * 1000;
  const approvals: Approvals = createRunApprovals({
    ...{ store: store.approvals, tenant, runId, servers: [server], seconds: 60, now },
  });
  return { runId, approvals };
}

/** Stores a pending approval. */
async function ask(opened: TestStore): Promise<string> {
  const id = createItemId('mcpr');
  const { approvals } = createApprovals(opened);
  await approvals.ask({ id, server: 'files', tool: call.tool, arguments: call.arguments });
  return id;
}

for (const kind of storeKinds) {
  describe(`the approvals of a run (${kind.name})`, () => {
    it('are used once, by the first of several runs, which may use them again', async () => {
      await using opened = await openTestStore(kind);
      const id = await ask(opened);
      const runs = [opened.store, opened.another, opened.store, opened.another].map((store) =>
        createApprovals({ store }),
      );
      const results = await Promise.allSettled(runs.map(({ approvals }) => approvals.use(id, { approve: true })));
      const winners = runs.filter((_, index) => results[index]?.status === 'fulfilled');
      assert.equal(winners.length, 1);
      for (const result of results) {
        if (result.status === 'rejected') assert.equal(result.reason.code, 'approval_conflict');
      }
      await winners[0]?.approvals.use(id, { approve: true });
      await assert.rejects(async () => winners[0]?.approvals.use(id, { approve: false }), {
        code: 'approval_conflict',
      });
    });

    it('can be denied again by any run, and name the response that used another answer', async () => {
      await using opened = await openTestStore(kind);
      const [denied, approved] = [await ask(opened), await ask(opened)];
      const { runId, approvals } = createApprovals(opened);
      await approvals.use(denied, { approve: false, reason: 'No.' });
      await approvals.use(approved, { approve: true });
      const later = createApprovals({ store: opened.another }, 61);
      await later.approvals.use(denied, { approve: false, reason: 'Still no.' });
      const check = { tenant, id: denied, runId: later.runId, call, approve: false, param, now: startedAt };
      await checkApproval(opened.store.approvals, check);
      await assert.rejects(checkApproval(opened.store.approvals, { ...check, approve: true }), {
        code: 'approval_conflict',
      });
      const message = (id: string) =>
        `Approval request '${id}' has already been answered. Response '${runId}' used the answer.`;
      await assert.rejects(later.approvals.use(denied, { approve: true }), { message: message(denied) });
      for (const approve of [true, false])
        await assert.rejects(later.approvals.use(approved, { approve }), { message: message(approved) });
    });

    it('cannot be used after their time, nor when they are unknown', async () => {
      await using opened = await openTestStore(kind);
      const id = await ask(opened);
      const late = createApprovals(opened, 60).approvals;
      await assert.rejects(late.use(id, { approve: true }), { code: 'approval_expired', status: 410 });
      await assert.rejects(late.use('mcpr_unknown', { approve: true }), { code: 'approval_not_found', status: 404 });
      await createApprovals(opened, 59).approvals.use(id, { approve: true });
    });

    it('are checked against the call, the answer and the time', async () => {
      await using opened = await openTestStore(kind);
      const id = await ask(opened);
      const { store } = opened;
      const { runId, approvals } = createApprovals(opened);
      const asked = { tenant, id, runId, call, approve: true, param, now: startedAt };
      const check = (changes: Partial<ApprovalCheck>) => checkApproval(store.approvals, { ...asked, ...changes });
      await check({});
      await assert.rejects(check({ id: 'mcpr_unknown' }), { code: 'approval_not_found', param });
      await assert.rejects(check({ tenant: 'tenant-b' }), { code: 'approval_not_found' });
      await assert.rejects(check({ now: startedAt + 60_000 }), { code: 'approval_expired', param });
      for (const changed of [
        { ...call, arguments: '{"path":"b"}' },
        { ...call, tool: 'read' },
        { ...call, server: { label: 'files' } },
        { ...call, server: { ...server, label: 'others' } },
        { ...call, server: { ...server, url: 'https://other.example.org' } },
      ]) {
        await assert.rejects(check({ call: changed }), { code: 'invalid_value', status: 400, param });
        assert.notEqual(hashApproval(changed), hashApproval(call));
      }
      await approvals.use(id, { approve: true, reason: 'Fine.' });
      await check({ now: startedAt + 60_000 });
      await assert.rejects(check({ approve: false }), { code: 'approval_conflict', param });
      await assert.rejects(check({ runId: createResponseId() }), { code: 'approval_conflict', status: 409 });
    });
  });
}
