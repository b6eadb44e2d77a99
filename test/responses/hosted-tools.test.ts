import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type OpenAI from 'openai';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';

/** The tool `echo` returns its text. JSON is YAML. */
const program = fileURLToPath(new URL('../helpers/mcp/stdio-server.ts', import.meta.url));
const config = {
  mcp_servers: { tools: { command: process.execPath, args: [program], allowed_tools: ['echo'] } },
  hosted_tools: { web_search: 'tools/echo', file_search: 'tools/echo', code_interpreter: 'tools/echo' },
};
const echo = (name: string, text: string) => `/call ${name} ${JSON.stringify({ text })}`;

let server: TestServer;
let openai: OpenAI;
before(async () => {
  using file = writeConfig(JSON.stringify(config));
  server = await startTalaria({ TALARIA_CONFIG: file.path });
  ({ openai } = server);
});
after(() => server[Symbol.asyncDispose]());

const search = { type: 'web_search' as const };

describe('hosted tools that are mapped to MCP tools', () => {
  test('run within one response, and come out in their own shape', async () => {
    const { output, output_text: text } = await openai.responses.create({
      ...{ model: 'offline', tools: [search], include: ['web_search_call.action.sources'] },
      input: echo('web_search', 'https://tides.example/now'),
    });
    const [call] = output;
    assert.ok(call?.type === 'web_search_call' && call.id.startsWith('ws_'), JSON.stringify(output));
    const query = 'https://tides.example/now';
    const sources = [{ type: 'url', url: query }];
    assert.deepEqual(call.action, { type: 'search', query, queries: [query], sources });
    assert.match(text, /web_search returned: https:\/\/tides\.example\/now/);
  });

  test('stream the events of their type', async () => {
    const stream = await openai.responses.create({
      ...{ model: 'offline', stream: true, input: echo('code_interpreter', 'print(42)') },
      tools: [{ type: 'code_interpreter', container: { type: 'auto' } }],
      include: ['code_interpreter_call.outputs'],
    });
    const types: string[] = [];
    for await (const event of stream) {
      if (event.type.includes('code_interpreter')) types.push(event.type);
      if (event.type !== 'response.output_item.done' || event.item.type !== 'code_interpreter_call') continue;
      assert.deepEqual(event.item.outputs, [{ type: 'logs', logs: 'print(42)' }]);
    }
    assert.deepEqual(types, [
      'response.code_interpreter_call.in_progress',
      'response.code_interpreter_call_code.delta',
      'response.code_interpreter_call_code.done',
      'response.code_interpreter_call.interpreting',
      'response.code_interpreter_call.completed',
    ]);
  });

  test('keep their result for the next turn, which the items do not show', async () => {
    const words = 400;
    const first = await openai.responses.create({
      ...{ model: 'offline', tools: [{ type: 'file_search' as const, vector_store_ids: ['vs_1'] }] },
      input: `${echo('file_search', 'tide '.repeat(words))}\n/then\n/say Found.`,
    });
    const stored = await openai.responses.retrieve(first.id);
    assert.deepEqual(stored.output, first.output);
    const [call] = first.output;
    assert.ok(call?.type === 'file_search_call' && call.results === null);
    // The text is in the message, in the arguments of the call and in its result.
    const next = await openai.responses.create({ model: 'offline', input: '/say Ok.', previous_response_id: first.id });
    const { input_tokens: tokens = 0 } = next.usage ?? {};
    assert.ok(tokens > 2.5 * words, `${tokens} tokens`);
  });

  test('are required by tool_choice, in any version of their type', async () => {
    const { output } = await openai.responses.create({
      ...{ model: 'offline', input: 'Hello!', tools: [{ type: 'web_search_preview' as const }] },
      tool_choice: { type: 'web_search_preview' },
    });
    assert.equal(output[0]?.type, 'web_search_call');
  });

  test('count as calls for max_tool_calls', async () => {
    const response = await openai.responses.create({
      ...{ model: 'offline', tools: [search], max_tool_calls: 1 },
      input: `${echo('web_search', 'a')}\n${echo('web_search', 'b')}`,
    });
    assert.equal(response.output.filter(({ type }) => type === 'web_search_call').length, 1);
    assert.equal(response.incomplete_details?.reason, 'max_tool_calls');
  });

  test('serve web_search_options of a chat', async () => {
    const completion = await openai.chat.completions.create({
      ...{ model: 'offline', web_search_options: {} },
      messages: [{ role: 'user', content: echo('web_search', 'high tide') }],
    });
    assert.match(completion.choices[0]?.message.content ?? '', /web_search returned: high tide/);
  });
});

test('hosted tools that are not mapped are omitted, and cannot be required', async () => {
  await using plain = await startTalaria();
  const { output_text: text } = await plain.openai.responses.create({
    model: 'offline',
    input: '/say Hi.',
    tools: [search],
  });
  assert.equal(text, 'Hi.');
  await assert.rejects(
    plain.openai.responses.create({
      ...{ model: 'offline', input: 'Hi.', tools: [search] },
      tool_choice: { type: 'web_search_preview' },
    }),
    { status: 400, code: 'unsupported_value', param: 'tool_choice' },
  );
  await assert.rejects(
    plain.openai.responses.create({ model: 'offline', input: 'Hi.', tools: [search], tool_choice: 'required' }),
    { status: 400 },
  );
});
