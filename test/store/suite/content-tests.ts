import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createStoredResponse, tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

export function contentTests(open: OpenStore): void {
  it('returns exactly what was put', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const response = createStoredResponse({
      sessionId: 'sess_é',
      createdAt: 4_102_444_800,
      input: [
        { id: 'msg_1', text: 'naïve 日本語 👩‍👩‍👧 \u0000 \u2028 "quoted" \\ \ud800 alone' },
        { id: 'msg_2', numbers: [0, -1, 0.1, 1e21, 5e-324, Number.MAX_SAFE_INTEGER], truth: true, nothing: null },
      ],
      output: [{ id: 'fc_1', arguments: '{"a":', nested: { deep: [{ deeper: [[], {}] }] } }],
      resource: { z: 1, a: 2, instructions: 'Be brief.', metadata: {}, text: { format: { type: 'text' } } },
    });
    await responses.put(response);
    const stored = await responses.get(tenant, response.id);
    assert.deepEqual(stored, response);
    assert.equal(JSON.stringify(stored?.resource), JSON.stringify(response.resource), 'the order of fields stays');
  });

  it('keeps a response that has no items and no instructions', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const response = createStoredResponse({ input: [], output: [], resource: {} });
    await responses.put(response);
    assert.deepEqual(await responses.get(tenant, response.id), response);
    assert.deepEqual(await responses.history(tenant, response.id), {
      sessionId: response.sessionId,
      instructions: null,
      status: null,
      turns: [{ id: response.id, input: [], output: [] }],
    });
  });

  it('keeps the order of many items', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const items = Array.from({ length: 500 }, (_, index) => ({ id: `msg_${index}`, index }));
    const response = createStoredResponse({ input: items, output: items.toReversed() });
    await responses.put(response);
    assert.deepEqual(await responses.get(tenant, response.id), response);
  });

  it('is not changed through objects that were passed in or returned', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const response = createStoredResponse({ resource: { metadata: { a: 1 } } });
    const expected = structuredClone(response);
    await responses.put(response);
    response.input.length = 0;
    response.resource['metadata'] = 'changed';
    const stored = await responses.get(tenant, expected.id);
    assert.deepEqual(stored, expected);
    stored?.output.push({ id: 'added' });
    const history = await responses.history(tenant, expected.id);
    history?.turns.at(0)?.output.push({ id: 'added' });
    assert.deepEqual(await responses.get(tenant, expected.id), expected);
  });

  it('changes nothing when a response cannot be written as JSON', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const response = createStoredResponse();
    await responses.put(response);
    await assert.rejects(responses.put({ ...response, output: [{ id: 'msg_1', big: 1n }] }), TypeError);
    await assert.rejects(responses.put(createStoredResponse({ resource: { big: 1n } })), TypeError);
    assert.deepEqual(await responses.get(tenant, response.id), response);
    assert.equal(await responses.count(), 1);
    assert.equal(await opened.storedCount(), 1);
  });
}
