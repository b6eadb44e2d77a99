import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { type OpenStore, putAll, turnIds } from './open-store.ts';

export function tenantTests(open: OpenStore): void {
  it('hides the data of a tenant from another', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const response = createStoredResponse();
    await responses.put(response);
    for (const other of ['tenant-b', '', `${tenant} `, tenant.toUpperCase()]) {
      assert.equal(await responses.get(other, response.id), undefined);
      assert.equal(await responses.history(other, response.id), undefined);
      assert.equal(await responses.delete(other, response.id), false);
    }
    assert.deepEqual(await responses.get(tenant, response.id), response);
  });

  it("does not continue another tenant's response", async () => {
    await using opened = await open();
    const theirs = createStoredResponse();
    const ours = createStoredResponse({ tenant: 'tenant-b', parentId: theirs.id });
    await putAll(opened.store, [theirs, ours]);
    assert.deepEqual(turnIds(await opened.store.responses.history('tenant-b', ours.id)), [ours.id]);
  });

  it("does not replace another tenant's response of the same id", async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const theirs = createStoredResponse();
    const ours = createStoredResponse({ id: theirs.id, tenant: 'tenant-b', sessionId: 'sess_2' });
    await putAll(opened.store, [theirs, ours]);
    assert.deepEqual(await responses.get(tenant, theirs.id), theirs);
    assert.deepEqual(await responses.get('tenant-b', ours.id), ours);
    await responses.delete('tenant-b', ours.id);
    assert.deepEqual(await responses.get(tenant, theirs.id), theirs);
  });

  it('counts the responses of all tenants', async () => {
    await using opened = await open();
    assert.equal(await opened.store.responses.count(), 0);
    await putAll(opened.store, [...createChain(2), createStoredResponse({ tenant: 'tenant-b' })]);
    assert.equal(await opened.store.responses.count(), 3);
  });
}
