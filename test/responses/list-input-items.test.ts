import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTalaria } from '../helpers/talaria.ts';

test('input items with duplicate ids can be paged through in either order', async () => {
  await using server = await startTalaria();
  const input = ['a', 'b', 'c', 'd'].map((text) => ({
    type: 'message' as const,
    role: 'user' as const,
    id: text === 'd' ? 'msg_last' : 'msg_same',
    content: text,
  }));
  const { id } = await server.openai.responses.create({ model: 'offline', input: input as never });
  for (const order of ['asc', 'desc'] as const) {
    let pages = 0;
    let page = await server.openai.responses.inputItems.list(id, { order, limit: 1 });
    for (; page.hasNextPage() && pages < input.length; pages++) page = await page.getNextPage();
    assert.equal(page.hasNextPage(), false, `${order} comes to an end`);
  }
});
