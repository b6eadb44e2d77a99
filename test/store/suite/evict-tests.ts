import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId, type ResponseId } from '../../../src/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { ids, type OpenStore, putAll, turnIds } from './open-store.ts';

/** Returns the visible ones of these ids. Changes the order of use, so the store is not used afterwards. */
async function visibleOf(store: Store, responseIds: ResponseId[]): Promise<ResponseId[]> {
  const found = await Promise.all(responseIds.map((id) => store.responses.get(tenant, id)));
  return responseIds.filter((_, index) => found[index] !== undefined);
}

export function evictTests(open: OpenStore): void {
  it('evicts the responses put first when none was read', async () => {
    await using opened = await open(3);
    const responses = Array.from({ length: 5 }, () => createStoredResponse());
    await putAll(opened.store, responses);
    assert.equal(await opened.store.responses.count(), 3);
    assert.equal(await opened.storedCount(), 3);
    assert.deepEqual(await visibleOf(opened.store, ids(responses)), ids(responses.slice(2)));
  });

  for (const read of ['get', 'history'] as const) {
    it(`keeps a response that ${read} has read, however soon after the others`, async () => {
      await using opened = await open(3);
      const [first, second, third, fourth, fifth] = Array.from({ length: 5 }, () => createStoredResponse());
      assert.ok(first && second && third && fourth && fifth);
      await putAll(opened.store, [first, second, third]);
      await opened.store.responses[read](tenant, second.id);
      await opened.store.responses[read](tenant, first.id);
      await putAll(opened.store, [fourth, fifth]);
      const all = ids([first, second, third, fourth, fifth]);
      assert.deepEqual(await visibleOf(opened.store, all), ids([first, fourth, fifth]));
    });
  }

  it('makes only the end of a chain recent when the chain is read', async () => {
    await using opened = await open(3);
    const [first, second] = createChain(2);
    const [other, late] = [createStoredResponse(), createStoredResponse()];
    assert.ok(first && second);
    await putAll(opened.store, [first, other, second]);
    await opened.store.responses.history(tenant, second.id);
    await putAll(opened.store, [late]);
    assert.deepEqual(await visibleOf(opened.store, ids([first, other, second])), ids([other, second]));
  });

  it("is evicted regardless of another tenant's reads", async () => {
    await using opened = await open(2);
    const [first, second, third] = Array.from({ length: 3 }, () => createStoredResponse());
    assert.ok(first && second && third);
    await putAll(opened.store, [first, second]);
    await opened.store.responses.get('tenant-b', first.id);
    await putAll(opened.store, [third]);
    assert.deepEqual(await visibleOf(opened.store, ids([first, second, third])), ids([second, third]));
  });

  it('makes a replaced response recent and counts it once', async () => {
    await using opened = await open(2);
    const [first, second, third] = Array.from({ length: 3 }, () => createStoredResponse());
    assert.ok(first && second && third);
    await putAll(opened.store, [first, second, first, third]);
    assert.deepEqual(await visibleOf(opened.store, ids([first, second, third])), ids([first, third]));
  });

  it('frees its slot when it is deleted', async () => {
    await using opened = await open(2);
    const [first, second, third] = Array.from({ length: 3 }, () => createStoredResponse());
    assert.ok(first && second && third);
    await putAll(opened.store, [first, second]);
    await opened.store.responses.delete(tenant, second.id);
    await putAll(opened.store, [third]);
    assert.deepEqual(await visibleOf(opened.store, ids([first, third])), ids([first, third]));
  });

  it('never breaks a chain longer than the limit', async () => {
    await using opened = await open(3);
    const chain = createChain(20);
    const last = chain.at(-1);
    assert.ok(last);
    await putAll(opened.store, chain);
    assert.equal(await opened.store.responses.count(), 3);
    assert.equal(await opened.store.responses.get(tenant, chain.at(0)?.id ?? createResponseId()), undefined);
    assert.deepEqual(turnIds(await opened.store.responses.history(tenant, last.id)), ids(chain));
    assert.equal((await opened.store.responses.get(tenant, last.id))?.parentId, last.parentId);
  });

  it('purges a whole chain once its last visible response is evicted', async () => {
    await using opened = await open(2);
    await putAll(opened.store, createChain(50));
    assert.equal(await opened.storedCount(), 50);
    await putAll(opened.store, createChain(2));
    assert.equal(await opened.storedCount(), 2);
  });
}
