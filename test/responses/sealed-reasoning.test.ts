import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type OpenAI from 'openai';
import type { ResponseInputItem, ResponseReasoningItem } from 'openai/resources/responses/responses';
import { stores, useDirectory } from '../clients/agents-under-test.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const include = ['reasoning.encrypted_content' as const];
const input = 'reason The secret is 42.\nsay Done.';

async function think(openai: OpenAI, stream = false): Promise<ResponseReasoningItem> {
  const body = { model, input, include, store: false };
  const response = stream ? await openai.responses.stream(body).finalResponse() : await openai.responses.create(body);
  const [item] = response.output;
  assert.ok(item?.type === 'reasoning');
  return item;
}

/** The item of a client that stores only the sealed content. */
const sealedOnly = ({ id, encrypted_content }: ResponseReasoningItem): ResponseInputItem => ({
  type: 'reasoning',
  id,
  summary: [],
  encrypted_content: encrypted_content ?? '',
});

const continuation = (item: ResponseInputItem): ResponseInputItem[] => [
  { role: 'user', content: 'Think.' },
  item,
  { role: 'assistant', content: 'Done.' },
  { role: 'user', content: 'And?' },
];

for (const store of stores) {
  describe(`sealed reasoning kept by the client, with the ${store} store`, () => {
    const setup = useUpstream(store);

    it('is returned only on request', async () => {
      for (const stream of [false, true]) {
        const { encrypted_content } = await think(setup.openai, stream);
        assert.ok(encrypted_content && !encrypted_content.includes('secret'));
        assert.ok(!Buffer.from(encrypted_content, 'base64url').includes('secret'));
      }
      const { output } = await setup.openai.responses.create({ model, input, store: false });
      assert.ok(output[0]?.type === 'reasoning' && !('encrypted_content' in output[0]));
    });

    it("restores the agent's reasoning when it is replayed without text", async () => {
      const item = sealedOnly(await think(setup.openai));
      await setup.openai.responses.create({ model, input: continuation(item), store: false });
      const said = setup.sent.messages.find((message: { role: string }) => message.role === 'assistant');
      assert.equal(said.reasoning_content, 'The secret is 42.');
      assert.equal(said.content, 'Done.');
    });

    it('can be replayed whole, with summary or text (Codex)', async () => {
      const item = await think(setup.openai);
      const { status } = await setup.openai.responses.create({ model, input: continuation(item), store: false });
      assert.equal(status, 'completed');
    });

    for (const [how, change] of [
      ['a changed character', (sealed: string) => `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
      ['an end that is missing', (sealed: string) => sealed.slice(0, -8)],
      ['another server’s form', () => 'gAAAAABoSealedElsewhere'],
    ] as const) {
      it(`is left out when it has ${how}`, async () => {
        const item = await think(setup.openai);
        const changed = sealedOnly({ ...item, encrypted_content: change(item.encrypted_content ?? '') });
        await setup.openai.responses.create({ model, input: continuation(changed), store: false });
        const said = setup.sent.messages.find((message: { role: string }) => message.role === 'assistant');
        assert.deepEqual([said.content, said.reasoning_content], ['Done.', undefined]);
      });
    }
  });
}

describe('the sealing key', () => {
  it('is stored by the SQLite store: sealed content can be opened after a restart', async () => {
    await using stack = new AsyncDisposableStack();
    const upstream = stack.use(await startUpstream());
    const settings = {
      AGENT_URL: upstream.url,
      STORE_URL: `sqlite:${join(await useDirectory(stack), 'test.db')}`,
    };
    let item: ResponseReasoningItem;
    {
      await using before = await startTalaria(settings);
      item = await think(before.openai);
    }
    await using after = await startTalaria(settings);
    await after.openai.responses.create({ model, input: continuation(sealedOnly(item)) });
    assert.equal(upstream.requests.at(-1)?.body.messages[1].reasoning_content, 'The secret is 42.');
    await using other = await startTalaria({ AGENT_URL: upstream.url });
    await other.openai.responses.create({ model, input: continuation(sealedOnly(item)) });
    assert.equal(upstream.requests.at(-1)?.body.messages[1].reasoning_content, undefined);
  });
});
