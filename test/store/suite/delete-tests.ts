import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId } from '../../../src/ids.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { ids, type OpenStore, putAll, turnIds } from './open-store.ts';

export function deleteTests(open: OpenStore): void {
  it('returns nothing for an unknown id', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const id = createResponseId();
    assert.equal(await responses.get(tenant, id), undefined);
    assert.equal(await responses.history(tenant, id), undefined);
    assert.equal(await responses.delete(tenant, id), false);
  });

  it('hides a deleted response at once, and only once', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [first, second] = createChain(2);
    assert.ok(first && second);
    await putAll(opened.store, [first, second]);
    assert.equal(await responses.delete(tenant, first.id), true);
    assert.equal(await responses.get(tenant, first.id), undefined);
    assert.equal(await responses.history(tenant, first.id), undefined);
    assert.equal(await responses.delete(tenant, first.id), false);
    assert.equal(await responses.count(), 1);
  });

  it('keeps the chain of a response that continues a deleted one', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const chain = createChain(4);
    await putAll(opened.store, chain);
    const last = chain.at(-1);
    assert.ok(last);
    const whole = await responses.history(tenant, last.id);
    for (const { id } of chain.slice(0, -1)) {
      await responses.delete(tenant, id);
      assert.deepEqual(await responses.history(tenant, last.id), whole);
      assert.deepEqual(await responses.get(tenant, last.id), last);
    }
  });

  it('continues a response that was deleted in the meantime while its content is kept', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [first, second] = createChain(2);
    assert.ok(first && second);
    const late = createStoredResponse({ parentId: first.id });
    await putAll(opened.store, [first, second]);
    await responses.delete(tenant, first.id);
    await responses.put(late);
    assert.deepEqual(turnIds(await responses.history(tenant, late.id)), ids([first, late]));
    await responses.delete(tenant, second.id);
    assert.deepEqual(turnIds(await responses.history(tenant, late.id)), ids([first, late]));
  });

  it('starts a new chain when the parent was purged in the meantime', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const parent = createStoredResponse();
    const child = createStoredResponse({ parentId: parent.id });
    await responses.put(parent);
    await responses.delete(tenant, parent.id);
    await responses.put(child);
    assert.deepEqual(turnIds(await responses.history(tenant, child.id)), [child.id]);
  });

  it('purges unreachable content, up to the first response that is needed', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const trunk = createChain(3);
    const left = createChain(2, trunk.at(-1)?.id);
    const right = createChain(2, trunk.at(-1)?.id);
    await putAll(opened.store, [...trunk, ...left, ...right]);
    for (const { id } of [...trunk, ...left.slice(0, 1)]) await responses.delete(tenant, id);
    assert.equal(await opened.storedCount(), 7, 'both ends still need all of it');
    await responses.delete(tenant, left.at(-1)?.id ?? createResponseId());
    assert.equal(await opened.storedCount(), 5, 'the left branch is gone, the trunk is needed by the right one');
    await responses.delete(tenant, right.at(-1)?.id ?? createResponseId());
    assert.equal(await opened.storedCount(), 4, 'the first response of the right branch is still visible');
    await responses.delete(tenant, right.at(0)?.id ?? createResponseId());
    assert.equal(await opened.storedCount(), 0);
  });
}
