import assert from 'node:assert/strict';
import { test } from 'node:test';
import type OpenAI from 'openai';
import type { Tool } from 'openai/resources/responses/responses';
import { createClient, startTalaria } from '../../helpers/talaria.ts';
import { spawnRecorder } from '../../record/spawn-recorder.ts';
import { filesTool, writeToolConfig } from '../../responses/tools/tool-config.ts';

/** Each turn with a tool that the loop runs, or that the client runs. */
const turns: { input: string; tool: Tool }[] = [
  {
    input: '/say Let me see.\n/call files__echo {"text":"a"}\n/call files__fail {}\n/then\n/say Done.',
    tool: filesTool,
  },
  { input: '/call files__echo {"text":"b"}', tool: { ...filesTool, require_approval: 'always' } },
  { input: '/call web_search {"text":"news"}\n/then\n/say Found.', tool: { type: 'web_search' } },
  { input: '/call shell {"commands":["ls"]}', tool: { type: 'shell', environment: { type: 'local' } } },
  { input: '/call apply_patch {"operation":{"type":"delete_file","path":"a"}}', tool: { type: 'apply_patch' } },
];

/** Returns the output without its ids, and the types of the events. */
async function ask(openai: OpenAI, input: string, tools: Tool[]) {
  const stream = await openai.responses.create({ input, tools, stream: true });
  const types: string[] = [];
  for await (const event of stream) {
    types.push(event.type);
    if (!('response' in event) || event.type !== 'response.completed') continue;
    const output = event.response.output.map(({ id, ...item }) => item);
    return { output, types };
  }
  throw new Error('The response did not complete.');
}

test('calls of server-side and of client-run tools replay with their items and events', async () => {
  using config = writeToolConfig({ more: 'hosted_tools: { web_search: files/echo }' });
  await using talaria = await startTalaria({ TALARIA_CONFIG: config.path });
  await using recorder = await spawnRecorder(`${talaria.url}/v1`);
  const openai = createClient(recorder.url.replace(/\/v1$/, ''));
  const recorded = [];
  for (const { input, tool } of turns) recorded.push(await ask(openai, input, [tool]));
  await recorder.exchanges(turns.length);
  // The tools are not needed again: their calls and results are in the recording.
  await using replay = await startTalaria({ AGENT_URL: `replay:${recorder.file}` });
  for (const [index, { input }] of turns.entries()) {
    assert.deepEqual(await ask(replay.openai, input, []), recorded[index]);
  }
  const types = recorded.flatMap(({ output }) => output.map(({ type }) => type));
  for (const type of ['mcp_list_tools', 'mcp_call', 'mcp_approval_request', 'web_search_call', 'shell_call'] as const) {
    assert.ok(types.includes(type), type);
  }
});
