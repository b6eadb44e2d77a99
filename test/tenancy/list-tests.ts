import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createEstate, inventEstate, type Party, withoutIds } from './estate.ts';
import type { Parties } from './tenancy-suite.ts';

async function idsOf({ call }: Party, path: string): Promise<string[]> {
  const { status, json, text } = await call({ path });
  assert.equal(status, 200, text);
  // `send` has checked that it is a list.
  return (json as { data: { id: string }[] }).data.map(({ id }) => id);
}

/** Lists contain the caller's objects only. */
export function listTests(parties: () => Parties): void {
  it('listChatCompletions never shows another tenant’s, for any parameters', async () => {
    const { owner, stranger } = parties();
    const theirs = await createEstate(owner);
    const own = await createEstate(stranger);
    for (const query of ['', '?limit=100&order=desc', '?model=offline&limit=100', '?metadata[secret]=mine&limit=100']) {
      const seen = await idsOf(stranger, `/v1/chat/completions${query}`);
      assert.ok(seen.length > 0, query);
      assert.ok(!seen.includes(theirs.completion), query);
    }
    assert.ok((await idsOf(stranger, '/v1/chat/completions?limit=100')).includes(own.completion));
    assert.ok((await idsOf(owner, '/v1/chat/completions?limit=100')).includes(theirs.completion));
  });

  it('listChatCompletions refuses another tenant’s id as `after`', async () => {
    const { owner, stranger } = parties();
    const [theirs, nobodys] = [await createEstate(owner), inventEstate()];
    const after = (id: string) => stranger.call({ path: `/v1/chat/completions?after=${id}` });
    const refused = withoutIds(await after(theirs.completion), theirs);
    assert.equal(refused.status, 400);
    assert.deepEqual(refused, withoutIds(await after(nobodys.completion), nobodys));
  });

  it('listModels shows the models of the agents that the caller may use', async () => {
    const { owner, stranger } = parties();
    assert.deepEqual(await idsOf(owner, '/v1/models'), ['offline', 'agent-ours-model']);
    assert.deepEqual(await idsOf(stranger, '/v1/models'), ['offline', 'agent-theirs-model']);
  });
}
