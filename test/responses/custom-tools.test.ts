import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Response, ResponseInputItem, ToolChoiceOptions } from 'openai/resources/responses/responses';
import { agents, stores, useServer } from '../clients/agents-under-test.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const run = { type: 'custom' as const, name: 'run_code', description: 'Runs code.' };
const patch = {
  type: 'custom' as const,
  name: 'apply_patch',
  format: { type: 'grammar' as const, syntax: 'lark' as const, definition: 'start: "*** Begin Patch"' },
};
const code = 'print("hi")\n\tdone()';

function findCall(response: Response) {
  const call = response.output.find((item) => item.type === 'custom_tool_call');
  assert.ok(call, JSON.stringify(response.output));
  return call;
}

for (const agent of agents) {
  for (const store of stores) {
    describe(`custom tools with the ${agent} and the ${store} store`, () => {
      const setup = useServer(agent, store);
      const input = () => setup.words.call({ name: 'run_code', arguments: { input: code } });

      for (const stream of [false, true]) {
        const how = stream ? 'streamed' : 'plain';
        const ask = (body: { input: string | ResponseInputItem[]; previous_response_id?: string; store?: boolean }) =>
          stream
            ? setup.openai.responses.stream({ model, tools: [run], ...body }).finalResponse()
            : setup.openai.responses.create({ model, tools: [run], ...body });

        it(`receive their input as text, ${how}`, async () => {
          const call = findCall(await ask({ input: input() }));
          assert.deepEqual([call.name, call.input], ['run_code', code]);
          assert.ok(call.call_id && call.id?.startsWith('ctc_'));
        });

        for (const [form, output] of [
          ['a text', 'it works'],
          ['parts', [{ type: 'input_text' as const, text: 'it works' }]],
        ] as const) {
          it(`accept their output as ${form}, ${how}, in a chain`, async () => {
            const first = await ask({ input: input() });
            const { call_id } = findCall(first);
            const result = { type: 'custom_tool_call_output' as const, call_id, output };
            const second = await ask({ input: [result] as ResponseInputItem[], previous_response_id: first.id });
            const said = JSON.stringify(second.output);
            assert.ok(said.includes(setup.words.provesResult('it works')), said);
          });
        }

        it(`work without a stored chain, ${how}: the client replays the call`, async () => {
          const asked: ResponseInputItem[] = [{ role: 'user', content: input() }];
          const call = findCall(await ask({ input: asked, store: false }));
          const output = { type: 'custom_tool_call_output' as const, call_id: call.call_id, output: 'it works' };
          const second = await ask({ input: [...asked, call, output], store: false });
          assert.ok(JSON.stringify(second.output).includes(setup.words.provesResult('it works')));
        });
      }

      it('stream their input in deltas that concatenate to the whole', async () => {
        const stream = setup.openai.responses.stream({ model, tools: [run], input: input() });
        const pieces: string[] = [];
        let done = '';
        stream.on('response.custom_tool_call_input.delta', (event) => pieces.push(event.delta));
        stream.on('response.custom_tool_call_input.done', (event) => {
          done = event.input;
        });
        await stream.finalResponse();
        assert.ok(pieces.length > 0);
        assert.deepEqual([pieces.join(''), done], [code, code]);
      });
    });
  }
}

describe('custom tools before an upstream that knows only functions', () => {
  const setup = useUpstream('memory');
  const create = (input: string, tool_choice: ToolChoiceOptions | { type: 'custom'; name: string } = 'auto') =>
    setup.openai.responses.create({ model, input, tools: [run, patch], tool_choice });

  it('are sent as functions with one string, the grammar in the description', async () => {
    await create('say ok');
    const [first, second] = setup.sent.tools;
    assert.equal(first.type, 'function');
    assert.deepEqual(first.function.parameters.required, ['input']);
    assert.equal(first.function.description, 'Runs code.');
    assert.match(second.function.description, /lark grammar:\nstart: "\*\*\* Begin Patch"/);
  });

  it('can be required by name', async () => {
    await create('tool apply_patch {"input":"x"}', { type: 'custom', name: 'apply_patch' });
    assert.deepEqual(setup.sent.tool_choice, { type: 'function', function: { name: 'apply_patch' } });
  });

  it('are called with arguments that hold the text, also when the call is replayed', async () => {
    const first = await create(`tool run_code ${JSON.stringify({ input: 'a "b"' })}`);
    const { call_id } = findCall(first);
    await setup.openai.responses.create({
      model,
      tools: [run],
      previous_response_id: first.id,
      input: [{ type: 'custom_tool_call_output', call_id, output: 'ok' }],
    });
    const [, said, result] = setup.sent.messages;
    assert.deepEqual(said.tool_calls[0].function, { name: 'run_code', arguments: '{"input":"a \\"b\\""}' });
    assert.deepEqual(result, { role: 'tool', tool_call_id: call_id, content: 'ok' });
  });

  it("accept bare text from a model that ignores the function's schema", async () => {
    const call = findCall(await create('tool apply_patch *** Begin Patch'));
    assert.equal(call.input, '*** Begin Patch');
  });
});
