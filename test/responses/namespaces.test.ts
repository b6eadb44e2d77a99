import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Response, ResponseInputItem } from 'openai/resources/responses/responses';
import { stores } from '../clients/agents-under-test.ts';
import { postJson } from './post-json.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const look = {
  type: 'function' as const,
  name: 'look',
  description: 'Looks.',
  strict: false,
  parameters: { type: 'object', properties: {} },
};
const eyes = { type: 'namespace' as const, name: 'mcp__eyes', description: 'Eyes.', tools: [look] };

/** Codex's tools in code mode: the first item of the input, in place of `tools`. */
const offer = {
  type: 'additional_tools',
  id: 'at_1',
  role: 'developer',
  tools: [
    {
      type: 'namespace',
      name: 'functions',
      description: '',
      tools: [{ type: 'custom', name: 'exec', description: 'Runs code.' }],
    },
  ],
};

const namesOf = (sent: { tools?: { function: { name: string } }[] }) => sent.tools?.map((tool) => tool.function.name);

for (const store of stores) {
  describe(`tools in namespaces, with the ${store} store`, () => {
    const setup = useUpstream(store);
    const callLook = async (): Promise<Response> =>
      setup.openai.responses.create({ model, input: 'tool mcp__eyes__look {}', tools: [eyes, look] });

    it('have a flat name for the agent, and both names for the client (Codex)', async () => {
      const { output } = await callLook();
      assert.deepEqual(namesOf(setup.sent), ['mcp__eyes__look', 'look']);
      const [call] = output;
      assert.ok(call?.type === 'function_call');
      assert.deepEqual([call.namespace, call.name], ['mcp__eyes', 'look']);
    });

    it('are called by the bare name when they have no namespace', async () => {
      const { output } = await setup.openai.responses.create({ model, input: 'tool look {}', tools: [eyes, look] });
      const [call] = output;
      assert.ok(call?.type === 'function_call' && call.name === 'look' && !('namespace' in call));
    });

    it('match their calls in a history, replayed or stored', async () => {
      const first = await callLook();
      const [call] = first.output;
      assert.ok(call?.type === 'function_call');
      const output = { type: 'function_call_output' as const, call_id: call.call_id, output: 'seen' };
      const asked = { role: 'user' as const, content: 'Look.' };
      await setup.openai.responses.create({ model, input: [asked, call, output], tools: [eyes] });
      const replayed = setup.sent.messages[1].tool_calls;
      await setup.openai.responses.create({ model, input: [output], tools: [eyes], previous_response_id: first.id });
      for (const calls of [replayed, setup.sent.messages[1].tool_calls]) {
        assert.equal(calls[0].function.name, 'mcp__eyes__look');
      }
    });

    it('can be chosen and allowed by namespace', async () => {
      const create = (tool_choice: object) =>
        postJson(`${setup.url}/v1/responses`, {
          input: 'tool look {}\ntool mcp__eyes__look {}',
          tools: [eyes, look],
          tool_choice,
        });
      const { output } = await create({ type: 'allowed_tools', tools: [{ type: 'namespace', name: 'mcp__eyes' }] });
      assert.deepEqual(
        output.map((item: { namespace?: string; name: string }) => [item.namespace, item.name]),
        [['mcp__eyes', 'look']],
      );
    });

    it("can be an input item, as in Codex's code mode, and stay for the chain", async () => {
      const input = [offer, { type: 'message', role: 'user', content: 'tool functions__exec {"input":"ls"}' }];
      const first = await postJson(`${setup.url}/v1/responses`, { model, input });
      assert.deepEqual(namesOf(setup.sent), ['functions__exec']);
      const [call] = first.output;
      assert.deepEqual(
        [call.type, call.namespace, call.name, call.input],
        ['custom_tool_call', 'functions', 'exec', 'ls'],
      );

      const output = [{ type: 'input_text' as const, text: 'a.txt' }];
      const result: ResponseInputItem = { type: 'custom_tool_call_output', call_id: call.call_id, output };
      const second = await setup.openai.responses.create({ model, input: [result], previous_response_id: first.id });
      assert.deepEqual(namesOf(setup.sent), ['functions__exec']);
      assert.equal(second.output_text, 'The tool said: a.txt');
    });

    it('are listed whole with the items of a turn, including those added during it', async () => {
      const tools = [{ type: 'function', name: 'look' }];
      const item = { type: 'additional_tools', role: 'somebody', tools };
      const { id } = await postJson(`${setup.url}/v1/responses`, { input: [item, 'Hello'] });
      const list = await setup.openai.responses.inputItems.list(id, { order: 'asc' });
      const [kept] = list.data;
      assert.ok(kept?.type === 'additional_tools');
      assert.equal(kept.role, 'unknown');
      assert.deepEqual(kept.tools, [
        { type: 'function', name: 'look', description: null, parameters: null, strict: null },
      ]);
    });
  });
}
