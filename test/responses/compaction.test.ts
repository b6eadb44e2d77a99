import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NotFoundError } from 'openai';
import type { Response, ResponseInputItem } from 'openai/resources/responses/responses';
import { stores } from '../clients/agents-under-test.ts';
import { post } from '../helpers/talaria.ts';
import type { UpstreamRequest } from '../helpers/upstream.ts';
import { isApiError } from './is-api-error.ts';
import { postJson } from './post-json.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const summaryText = 'Summary of the conversation so far:\nIn short.';

/** Answers every summary request the same way. The upstream's script answers all others. */
function answer({ body }: UpstreamRequest): boolean {
  const last = body?.messages?.at(-1);
  if (!`${last?.content}`.startsWith('Summarise the conversation')) return false;
  const isCounted = !body.messages.some(({ content }: Sent) => content === 'uncounted');
  last.content = isCounted ? 'say In short.' : 'say In short.\nno usage';
  return false;
}

type Sent = { role: string; content: unknown };
const contentsOf = (sent: { messages: Sent[] }) => sent.messages.map(({ content }) => content);
const typesOf = (response: Pick<Response, 'output'>) => response.output.map((item) => item.type);
const user = (content: string): ResponseInputItem => ({ role: 'user', content });

for (const store of stores) {
  describe(`a history that is compacted, with the ${store} store`, () => {
    const setup = useUpstream(store, { answer });
    const create = (input: ResponseInputItem[], more: { previous_response_id?: string; store?: boolean } = {}) =>
      setup.openai.responses.create({ model, input, ...more });

    it('is one sealed item, and the system messages unchanged', async () => {
      const input: ResponseInputItem[] = [{ role: 'developer', content: 'Be brief.' }, user('one'), user('two')];
      const compacted = await setup.openai.responses.compact({ model, input });
      assert.equal(compacted.object, 'response.compaction');
      assert.deepEqual(
        compacted.output.map((item) => item.type),
        ['message', 'compaction'],
      );
      assert.ok(compacted.usage.input_tokens > 0 && compacted.usage.output_tokens > 0);
      assert.deepEqual(contentsOf(setup.sent), ['Be brief.', 'one', 'two', 'say In short.']);
      assert.equal(setup.sent.tools, undefined);
      await assert.rejects(
        create([user('And?')], { previous_response_id: compacted.id }),
        isApiError(404, 'previous_response_not_found', 'previous_response_id'),
      );
    });

    it('has an estimated usage, marked in the reply, when the agent sends none', async () => {
      for (const [content, header] of [
        ['counted', null],
        ['uncounted', 'estimate'],
      ] as const) {
        const reply = await post(`${setup.url}/v1/responses/compact`, { model, input: [user(content)] });
        assert.deepEqual([reply.status, reply.headers.get('x-talaria-usage')], [200, header]);
      }
    });

    it('replaces the history as input, and the agent gets the summary only', async () => {
      const { output } = await setup.openai.responses.compact({
        model,
        input: [{ role: 'developer', content: 'Be brief.' }, user('one'), user('two')],
      });
      const next = [...output, user('three')] as ResponseInputItem[];
      const response = await create(next);
      assert.deepEqual(contentsOf(setup.sent), ['Be brief.', summaryText, 'three']);
      await create([user('four')], { previous_response_id: response.id });
      assert.deepEqual(contentsOf(setup.sent).slice(0, 3), ['Be brief.', summaryText, 'three']);
    });

    it('can be that of a stored chain', async () => {
      const first = await create([user('one')]);
      const { output } = await setup.openai.responses.compact({ model, previous_response_id: first.id });
      assert.deepEqual(contentsOf(setup.sent).slice(0, 1), ['one']);
      await create([...output, user('two')] as ResponseInputItem[]);
      assert.deepEqual(contentsOf(setup.sent), [summaryText, 'two']);
    });

    it('keeps a call that awaits its output', async () => {
      const call = { type: 'function_call' as const, call_id: 'a', name: 'look', arguments: '{}' };
      const { output } = await setup.openai.responses.compact({ model, input: [user('Look.'), call] });
      const result = { type: 'function_call_output' as const, call_id: 'a', output: 'seen' };
      const response = await create([...output, result] as ResponseInputItem[]);
      assert.equal(response.output_text, 'The tool said: seen');
      const [, said, back] = setup.sent.messages;
      assert.deepEqual([said.tool_calls[0].id, back.tool_call_id], ['a', 'a']);
    });

    it('is refused when there is nothing to compact, or the sealed content was changed', async () => {
      await assert.rejects(setup.openai.responses.compact({ model }), isApiError(400, 'invalid_value', 'input'));
      const changed = [{ type: 'compaction', encrypted_content: 'tlr1_AAAA' }, user('And?')] as ResponseInputItem[];
      await assert.rejects(create(changed), isApiError(400, 'invalid_encrypted_content', 'input[0].encrypted_content'));
    });

    for (const stream of [false, true]) {
      const how = stream ? 'streamed' : 'plain';

      it(`on a trigger is exactly one compaction item, completed, and nothing else (Codex), ${how}`, async () => {
        const input = [user('one'), user('two'), { type: 'compaction_trigger' }] as ResponseInputItem[];
        const body = { model, input, store: false };
        const response = stream
          ? await setup.openai.responses.stream(body).finalResponse()
          : await setup.openai.responses.create(body);
        assert.equal(response.status, 'completed');
        assert.deepEqual(typesOf(response), ['compaction']);
        assert.ok(response.usage && response.usage.output_tokens > 0);
        await create([...response.output, user('three')] as ResponseInputItem[], { store: false });
        assert.deepEqual(contentsOf(setup.sent), [summaryText, 'three']);
      });

      it(`over its threshold is compacted before the answer, ${how}, and the chain continues from the summary`, async () => {
        const context_management = [{ type: 'compaction', compact_threshold: 1000 }];
        const long = user(`one ${'word '.repeat(2000)}`);
        const first = await setup.openai.responses.create({ model, input: [long], context_management });
        assert.deepEqual(typesOf(first), ['message'], 'what the user says now is never compacted');
        const body = { model, input: [user('two')], previous_response_id: first.id, context_management };
        const second = stream
          ? await setup.openai.responses.stream(body).finalResponse()
          : await setup.openai.responses.create(body);
        assert.deepEqual(typesOf(second), ['compaction', 'message']);
        assert.deepEqual(contentsOf(setup.sent), [summaryText, 'two']);
        assert.ok(second.usage && second.usage.input_tokens > 1000, 'the summary is part of the cost');
        const said = second.output[1];
        assert.ok(said?.type === 'message' && said.content[0]?.type === 'output_text');

        await create([user('three')], { previous_response_id: second.id });
        const contents = contentsOf(setup.sent);
        assert.equal(JSON.stringify(contents).includes('word word'), false);
        assert.deepEqual(contents, [summaryText, 'two', said.content[0].text, 'three']);
      });
    }

    it('is unchanged below its threshold', async () => {
      const first = await create([user('one')]);
      const context_management = [{ type: 'compaction', compact_threshold: 1000 }];
      const body = { model, input: [user('two')], previous_response_id: first.id, context_management };
      assert.deepEqual(typesOf(await setup.openai.responses.create(body)), ['message']);
      assert.equal(setup.sent.messages.length, 3);
    });

    it('can be that of a conversation, whose next turn gets the summary', async () => {
      const conversation = await setup.openai.conversations.create({ items: [user('one'), user('two')] });
      const trigger = { conversation: conversation.id, input: [{ type: 'compaction_trigger' }] };
      const compacted = await postJson(`${setup.url}/v1/responses`, trigger);
      assert.deepEqual(typesOf(compacted), ['compaction']);
      await setup.openai.responses.create({ model, input: [user('three')], conversation: conversation.id });
      assert.deepEqual(contentsOf(setup.sent), [summaryText, 'three']);
    });

    it('fails when the agent refuses the summary, and leaves the conversation unchanged', async () => {
      const missing = 'missing-model';
      const conversation = await setup.openai.conversations.create({ items: [user('one')] });
      const input = [{ type: 'compaction_trigger' }] as ResponseInputItem[];
      const refused = [
        setup.openai.responses.compact({ model: missing, input: [user('one')] }),
        setup.openai.responses.create({ model: missing, input, conversation: conversation.id }),
      ];
      const isRefusal = (error: unknown) => error instanceof NotFoundError && error.param === 'model';
      await Promise.all(refused.map((each) => assert.rejects(each, isRefusal)));
      const { data } = await setup.openai.conversations.items.list(conversation.id);
      assert.equal(data.length, 1);
    });
  });
}
