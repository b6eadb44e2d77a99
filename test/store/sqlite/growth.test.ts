import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Store } from '../../../src/store/store.ts';
import { createChain, createStoredResponse } from '../stored-response.ts';
import { openTestDatabase, usedBytes } from './test-database.ts';

const text = 'x'.repeat(1000);

async function putChain(store: Store, length: number): Promise<void> {
  for (const response of createChain(length)) {
    await store.responses.put({ ...response, output: [{ id: 'msg_1', text }] });
  }
}

/** Returns the bytes per turn of a hundred chains, or of one. Many turns, so that half-filled pages do not matter. */
async function bytesPerTurn(chains: number, depth: number): Promise<number> {
  await using opened = openTestDatabase({ file: ':memory:' });
  const before = usedBytes(opened);
  for (let chain = 0; chain < chains; chain++) await putChain(opened.store, depth);
  return (usedBytes(opened) - before) / (chains * depth);
}

describe('growth', () => {
  it('costs as much for a turn at depth 1,000 as at depth 10', async () => {
    const shallow = await bytesPerTurn(100, 10);
    const deep = await bytesPerTurn(1, 1000);
    assert.ok(Math.abs(deep / shallow - 1) < 0.1, `${deep} bytes at depth 1,000, ${shallow} at depth 10`);
    assert.ok(deep < 3 * text.length, `${deep} bytes for a turn of ${text.length}`);
  });

  it('costs nothing more to continue a chain of 1,000 turns than to start one', async () => {
    await using opened = openTestDatabase({ file: ':memory:' });
    const chain = createChain(1000);
    for (const response of chain) await opened.store.responses.put(response);
    const costOf = async (parentId: (typeof chain)[number]['id'] | undefined) => {
      const before = usedBytes(opened);
      for (let fork = 0; fork < 500; fork++) await opened.store.responses.put(createStoredResponse({ parentId }));
      return usedBytes(opened) - before;
    };
    const roots = await costOf(undefined);
    const forks = await costOf(chain.at(-1)?.id);
    assert.ok(forks < roots * 1.2, `${forks} bytes for 500 forks, ${roots} for 500 new chains`);
  });

  it('frees the space of purged content', async () => {
    await using opened = openTestDatabase({ file: ':memory:', maxResponses: 1 });
    await putChain(opened.store, 1);
    const before = usedBytes(opened);
    await putChain(opened.store, 500);
    await putChain(opened.store, 1);
    assert.ok(usedBytes(opened) - before < 16_384, `${usedBytes(opened) - before} bytes are left`);
  });
});
