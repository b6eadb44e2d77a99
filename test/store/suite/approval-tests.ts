import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createItemId, createResponseId } from '../../../src/ids.ts';
import type { ApprovalQuery, NewApproval } from '../../../src/store/approval-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

const now = 1_700_000_000;
const expiresAt = now + 60;

const createApproval = (fields: Partial<NewApproval> = {}): NewApproval => ({
  tenant,
  id: createItemId('mcpr'),
  runId: createResponseId(),
  hash: 'a-hash',
  createdAt: now,
  expiresAt,
  ...fields,
});

/** Stores a pending approval. */
async function ask({ approvals }: Store, fields: Partial<NewApproval> = {}): Promise<NewApproval> {
  const approval = createApproval(fields);
  await approvals.ask(approval);
  return approval;
}

const reap = (store: Store, at: number, limit = 10) => store.reap({ now: at, logsBefore: 0, limit });

/** Tests approvals of tool calls. */
export function approvalTests(open: OpenStore): void {
  it('returns what was asked for, and keeps the first of two with one id', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const approval = await ask(one, { state: '{ "a": "naïve \\u0000" }' });
    await two.approvals.ask({ ...approval, hash: 'another', expiresAt: now });
    assert.deepEqual(await two.approvals.get(tenant, approval.id), approval);
    assert.equal(await one.approvals.get('tenant-b', approval.id), undefined);
    assert.equal(await one.approvals.get(tenant, 'mcpr_unknown'), undefined);
    const theirs = await ask(two, { ...approval, tenant: 'tenant-b', hash: 'theirs' });
    assert.deepEqual(await one.approvals.get('tenant-b', approval.id), theirs);
  });

  it('returns those of several that exist, with their answers', async () => {
    await using opened = await open();
    const { approvals } = opened.store;
    const [pending, answered] = [await ask(opened.store), await ask(opened.store)];
    const runId = createResponseId();
    await approvals.answer(tenant, answered.id, { approve: false, reason: 'no', runId, now });
    const theirs = await ask(opened.store, { tenant: 'tenant-b' });
    const listed = await approvals.list(tenant, [answered.id, 'mcpr_unknown', theirs.id, pending.id]);
    const answer = { approve: false, reason: 'no', usedBy: runId, answeredAt: now };
    assert.equal(listed.length, 2);
    assert.deepEqual(
      listed.find(({ id }) => id === pending.id),
      pending,
    );
    assert.deepEqual(
      listed.find(({ id }) => id === answered.id),
      { ...answered, answer },
    );
    assert.deepEqual(await approvals.list(tenant, []), []);
  });

  it('records one answer among concurrent ones, and returns it to the run that gave it', async () => {
    await using opened = await open();
    const handles = await openHandles(opened);
    for (const approve of [true, false]) {
      const { id } = await ask(opened.store);
      const runs = Array.from({ length: 8 }, () => createResponseId());
      const answered = await Promise.all(
        runs.map((runId, index) =>
          handles[index % 2 === 0 ? 0 : 1].approvals.answer(tenant, id, { approve, reason: runId, runId, now }),
        ),
      );
      assert.equal(answered.filter(Boolean).length, 1);
      const usedBy = runs[answered.indexOf(true)] ?? assert.fail();
      const [{ approvals }] = handles;
      const again = { approve, reason: 'Later.', runId: usedBy, now: expiresAt + 1 };
      assert.equal(await approvals.answer(tenant, id, again), true, 'after a restart, even when it has expired');
      assert.equal(await approvals.answer(tenant, id, { ...again, approve: !approve }), false);
      const stored = await approvals.get(tenant, id);
      assert.deepEqual(stored?.answer, { approve, reason: usedBy, usedBy, answeredAt: now });
    }
  });

  it('refuses an answer to an approval that is unknown, expired or of another tenant', async () => {
    await using opened = await open();
    const { approvals } = opened.store;
    const { id } = await ask(opened.store);
    const answer = { approve: true, runId: createResponseId(), now };
    assert.equal(await approvals.answer(tenant, 'mcpr_unknown', answer), false);
    assert.equal(await approvals.answer('tenant-b', id, answer), false);
    assert.equal(await approvals.answer(tenant, id, { ...answer, now: expiresAt }), false);
    assert.equal((await approvals.get(tenant, id))?.answer, undefined);
    assert.equal(await approvals.answer(tenant, id, { ...answer, now: expiresAt - 1 }), true);
  });

  it('returns reasons exactly, or none', async () => {
    await using opened = await open();
    const { approvals } = opened.store;
    for (const reason of ['naïve 日本語 😀', 'zero \0 and half \ud83d', '\u001e"x"', '', undefined]) {
      const { id } = await ask(opened.store);
      await approvals.answer(tenant, id, { approve: false, reason, runId: createResponseId(), now });
      assert.equal((await approvals.get(tenant, id))?.answer?.reason, reason);
    }
  });

  it('is reaped once it has expired, oldest first, whether or not it was answered', async () => {
    await using opened = await open();
    const { store } = opened;
    const [third, first, second] = [
      await ask(store, { expiresAt: now + 3 }),
      await ask(store, { expiresAt: now + 1 }),
      await ask(store, { expiresAt: now + 2 }),
    ];
    await store.approvals.answer(tenant, first.id, { approve: true, runId: createResponseId(), now });
    assert.equal(await reap(store, now), 0);
    assert.equal(await reap(store, now + 3, 2), 2);
    assert.equal(await store.approvals.get(tenant, first.id), undefined);
    assert.equal(await store.approvals.get(tenant, second.id), undefined);
    assert.deepEqual(await store.approvals.get(tenant, third.id), third);
    assert.equal(await reap(store, now + 3), 1);
    assert.equal(await reap(store, now + 3), 0);
  });

  it('is removed with the response of its run, however that is hidden', async () => {
    await using opened = await open(2);
    const { store } = opened;
    const deleted = await beginResponse(store);
    const ofDeleted = await ask(store, { runId: deleted.run.id });
    const ofOther = await ask(store, { runId: deleted.run.id, tenant: 'tenant-b' });
    await store.responses.delete(tenant, deleted.response.id);
    assert.equal(await store.approvals.get(tenant, ofDeleted.id), undefined);
    const expiring = createStoredResponse({ expiresAt: now });
    await store.responses.put(expiring);
    const ofExpiring = await ask(store, { runId: expiring.id });
    assert.equal(await reap(store, now), 1);
    assert.equal(await store.approvals.get(tenant, ofExpiring.id), undefined);
    const evicted = createStoredResponse();
    await store.responses.put(evicted);
    const ofEvicted = await ask(store, { runId: evicted.id });
    assert.deepEqual(await store.approvals.get(tenant, ofEvicted.id), ofEvicted);
    for (let count = 0; count < 2; count++) await store.responses.put(createStoredResponse());
    assert.equal(await store.approvals.get(tenant, ofEvicted.id), undefined);
    assert.deepEqual(await store.approvals.get('tenant-b', ofOther.id), ofOther);
  });

  it('is found and listed for operators, whatever its tenant and status', async () => {
    await using opened = await open();
    const [store, another] = await openHandles(opened);
    const pending = await ask(store, { createdAt: now + 1, server: 'naïve \0', tool: 'a tool', state: 'tlr2_sealed' });
    const expired = await ask(store, { createdAt: now + 2, expiresAt: now, tenant: 'tenant-b' });
    const answered = await ask(store, { createdAt: now });
    await store.approvals.answer(tenant, answered.id, { approve: true, runId: createResponseId(), now });
    assert.deepEqual(await another.approvals.find(pending.id), pending);
    assert.deepEqual(await another.approvals.find(expired.id), expired);
    assert.equal(await another.approvals.find('mcpr_0'), undefined);
    const list = async (query: Partial<ApprovalQuery>) => {
      const page = await another.approvals.listAll({ status: 'all', now, limit: 10, ...query });
      assert.ok(page !== 'unknown-after');
      return page;
    };
    const listIds = async (query: Partial<ApprovalQuery>) => (await list(query)).data.map(({ id }) => id);
    assert.deepEqual((await list({})).data.slice(0, 2), [expired, pending]);
    assert.deepEqual(await listIds({}), [expired.id, pending.id, answered.id]);
    assert.deepEqual(await listIds({ status: 'pending' }), [pending.id]);
    assert.deepEqual(await listIds({ status: 'answered' }), [answered.id]);
    assert.deepEqual(await listIds({ status: 'expired' }), [expired.id]);
    assert.deepEqual(await listIds({ status: 'expired', now: expiresAt }), [expired.id, pending.id]);
    assert.deepEqual(await listIds({ tenant }), [pending.id, answered.id]);
    assert.deepEqual(await listIds({ runId: pending.runId }), [pending.id]);
    const { data, next } = await list({ limit: 1 });
    assert.deepEqual(data, [expired]);
    await reap(store, now);
    assert.deepEqual(await list({ limit: 1, after: next }), { data: [pending], next: `${now + 1}_${pending.id}` });
    assert.equal(await store.approvals.listAll({ status: 'all', now, limit: 1, after: 'mcpr_1' }), 'unknown-after');
  });

  it('outlives its run and the log of that, and needs no response', async () => {
    await using opened = await open();
    const { store } = opened;
    const stored = await beginResponse(store);
    const unstored = await beginRun(store);
    const asked = [await ask(store, { runId: stored.run.id }), await ask(store, { runId: unstored.id })];
    await store.runs.end(stored.run, [], stored.response);
    await store.runs.end(unstored, []);
    assert.equal(await store.reap({ now: 0, logsBefore: 9e9, limit: 10 }), 2);
    for (const approval of asked) assert.deepEqual(await store.approvals.get(tenant, approval.id), approval);
  });
}
