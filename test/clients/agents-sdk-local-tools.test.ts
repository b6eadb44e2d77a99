import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  Agent,
  applyDiff,
  applyPatchTool,
  OpenAIResponsesModel,
  Runner,
  setTracingDisabled,
  shellTool,
  tool,
  toolSearchTool,
} from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { checkedFetch } from '../helpers/contract-check.ts';
import { agents, useServer } from './agents-under-test.ts';

/** Its traces would go to OpenAI. */
const runner = new Runner({ tracingDisabled: true });
before(() => setTracingDisabled(true));

for (const agentKind of agents) {
  for (const stream of [false, true]) {
    describe(`the Agents SDK's own tools with the ${agentKind}, ${stream ? 'streamed' : 'plain'}`, () => {
      const setup = useServer(agentKind, 'memory');
      const run = async (tools: Agent['tools'], input: string) => {
        const client = new OpenAI({ baseURL: `${setup.url}/v1`, apiKey: 'none', maxRetries: 0, fetch: checkedFetch });
        const agent = new Agent({ name: 'Tester', model: new OpenAIResponsesModel(client, 'any'), tools });
        const result = stream ? await runner.run(agent, input, { stream }) : await runner.run(agent, input);
        if ('completed' in result) await result.completed;
        return String(result.finalOutput);
      };

      it('run shell commands and return their output', async () => {
        const ran: unknown[] = [];
        const shell = shellTool({
          shell: {
            run: async (action) => {
              ran.push(action.commands, action.timeoutMs);
              return { output: [{ stdout: 'a.txt', stderr: '', outcome: { type: 'exit', exitCode: 0 } }] };
            },
          },
        });
        const args = { commands: ['ls -a'], timeout_ms: 500 };
        const said = await run([shell], setup.words.call({ name: 'shell', arguments: args }));
        assert.deepEqual(ran, [['ls -a'], 500]);
        assert.ok(said.includes(setup.words.provesResult('a.txt')), said);
      });

      it('apply patches and return their outcome', async () => {
        const files = new Map([['a.txt', 'one\ntwo\n']]);
        const editor = applyPatchTool({
          editor: {
            createFile: async ({ path, diff }) => {
              files.set(path, applyDiff('', diff, 'create'));
              return { status: 'completed', output: `created ${path}` };
            },
            updateFile: async ({ path, diff }) => {
              files.set(path, applyDiff(files.get(path) ?? '', diff));
              return { status: 'completed', output: `updated ${path}` };
            },
            deleteFile: async ({ path }) => {
              files.delete(path);
              return { status: 'completed' };
            },
          },
        });
        const update = { type: 'update_file', path: 'a.txt', diff: '@@\n one\n-two\n+three' };
        const said = await run([editor], setup.words.call({ name: 'apply_patch', arguments: update }));
        assert.equal(files.get('a.txt'), 'one\nthree\n');
        assert.ok(said.includes(setup.words.provesResult('updated a.txt')), said);
        const creation = { type: 'create_file', path: 'b.txt', diff: '+four' };
        await run([editor], setup.words.call({ name: 'apply_patch', arguments: creation }));
        assert.equal(files.get('b.txt')?.trim(), 'four');
      });

      it('search for deferred tools', async () => {
        const weather = tool({
          name: 'get_weather',
          description: 'The weather at a place.',
          parameters: z.object({ city: z.string() }),
          deferLoading: true,
          execute: async ({ city }) => `warm in ${city}`,
        });
        const search = toolSearchTool({ execution: 'client' });
        const said = await run(
          [search, weather],
          setup.words.call({ name: 'tool_search', arguments: { paths: ['get_weather'] } }),
        );
        assert.match(said, /You can now call these tools: get_weather/);
      });
    });
  }
}
