import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId } from '../../../src/ids.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { ids, type OpenStore, putAll, turnIds } from './open-store.ts';

export function chainTests(open: OpenStore): void {
  it('returns a chain oldest first, with the session, the instructions and the status of its last response', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [first, second, third] = createChain(3);
    assert.ok(first && second && third);
    first.resource['instructions'] = 'Be long.';
    third.resource['instructions'] = 'Be brief.';
    first.resource['status'] = 'incomplete';
    third.resource['status'] = 'completed';
    third.sessionId = 'sess_third';
    await putAll(opened.store, [first, second, third]);
    const turns = [first, second, third].map(({ id, input, output }) => ({ id, input, output }));
    assert.deepEqual(await responses.history(tenant, third.id), {
      sessionId: 'sess_third',
      instructions: 'Be brief.',
      status: 'completed',
      turns,
    });
    const { instructions, status } = (await responses.history(tenant, second.id)) ?? {};
    assert.deepEqual([instructions, status], [null, null]);
    assert.deepEqual(turnIds(await responses.history(tenant, first.id)), [first.id]);
  });

  it('returns the state of the agent of the last response', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [first, second] = createChain(2);
    assert.ok(first && second);
    first.resource['agent_state'] = 'state of the first';
    await putAll(opened.store, [first, second]);
    assert.equal((await responses.history(tenant, first.id))?.agentState, 'state of the first');
    assert.equal((await responses.history(tenant, second.id))?.agentState, undefined);
  });

  it('returns instructions that are not text unchanged', async () => {
    await using opened = await open();
    const response = createStoredResponse({ resource: { instructions: [{ type: 'message', content: 'x' }] } });
    await opened.store.responses.put(response);
    const history = await opened.store.responses.history(tenant, response.id);
    assert.deepEqual(history?.instructions, [{ type: 'message', content: 'x' }]);
  });

  it('returns each fork with the shared beginning, which is stored once', async () => {
    await using opened = await open();
    const trunk = createChain(5);
    const left = createChain(2, trunk.at(-1)?.id);
    const right = createChain(3, trunk.at(-1)?.id);
    await putAll(opened.store, [...trunk, ...left, ...right]);
    for (const branch of [left, right]) {
      const history = await opened.store.responses.history(tenant, branch.at(-1)?.id ?? createResponseId());
      assert.deepEqual(turnIds(history), ids([...trunk, ...branch]));
    }
    assert.equal(await opened.storedCount(), 10);
  });

  it('walks a chain of a thousand turns in order', async () => {
    await using opened = await open(2000);
    const chain = createChain(1000);
    await putAll(opened.store, chain);
    const history = await opened.store.responses.history(tenant, chain.at(-1)?.id ?? createResponseId());
    assert.deepEqual(
      history?.turns,
      chain.map(({ id, input, output }) => ({ id, input, output })),
    );
  });

  it('starts a new chain when the parent is unknown, even when it names itself', async () => {
    await using opened = await open();
    const id = createResponseId();
    for (const parentId of [createResponseId(), id]) {
      await opened.store.responses.put(createStoredResponse({ id, parentId }));
      assert.deepEqual(turnIds(await opened.store.responses.history(tenant, id)), [id]);
      assert.equal((await opened.store.responses.get(tenant, id))?.parentId, undefined);
    }
  });

  it('keeps every one of many puts at once', async () => {
    await using opened = await open(500);
    const { responses } = opened.store;
    const root = createStoredResponse();
    await responses.put(root);
    const children = Array.from({ length: 200 }, () => createStoredResponse({ parentId: root.id }));
    await Promise.all(children.map((child) => responses.put(child)));
    for (const child of children) assert.deepEqual(await responses.get(tenant, child.id), child);
    assert.equal(await responses.count(), 201);
  });
}
