import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { startMcpServer } from '../../helpers/mcp/http-server.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../../helpers/upstream.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const mcp = { type: 'mcp' as const, server_label: 'tools' };
const never = { ...mcp, require_approval: 'never' as const };
const extra_content = { google: { thought_signature: 'SIG' } };
const reasoning_details = [{ type: 'reasoning.encrypted', data: 'OPAQUE' }];

/** An answer of the model: a signed call for a question, a text for the result. */
function toMessage({ role, content }: { role: string; content: unknown }) {
  if (role === 'tool' || content === 'Thanks') return { role: 'assistant', content: 'Done.' };
  const call = { name: content === 'Search' ? 'web_search' : 'tools__echo', arguments: '{"text":"hello"}' };
  const calls = [{ id: 'call_1', type: 'function', function: call, extra_content }];
  return { role: 'assistant', content: null, tool_calls: calls, reasoning_details };
}

suite('provider data of a call that the server runs', () => {
  const stack = new AsyncDisposableStack();
  let upstream: Upstream;
  let server: TestServer;

  before(async () => {
    const tools = stack.use(await startMcpServer());
    upstream = stack.use(
      await startUpstream({
        answer({ path, body }, response) {
          if (!path.endsWith('/chat/completions')) return false;
          const message = toMessage(body.messages.at(-1));
          const choice = { index: 0, message, finish_reason: message.tool_calls ? 'tool_calls' : 'stop' };
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify({ object: 'chat.completion', choices: [choice] }));
          return true;
        },
      }),
    );
    const settings = {
      agents: { main: { url: upstream.url } },
      mcp_servers: { tools: { url: tools.url } },
      hosted_tools: { web_search: 'tools/echo' },
    };
    const { path } = stack.use(writeConfig(JSON.stringify(settings)));
    server = stack.use(await startTalaria({ TALARIA_CONFIG: path }));
  });
  after(() => stack.disposeAsync());

  /** Returns the calls that the model last received, with the data of their messages. */
  const received = () =>
    upstream.requests
      .at(-1)
      ?.body.messages.filter(({ tool_calls }: { tool_calls?: unknown }) => tool_calls)
      .map((message: { tool_calls: { extra_content: unknown }[]; reasoning_details: unknown }) => [
        message.tool_calls.map((call) => call.extra_content),
        message.reasoning_details,
      ]);
  const whole = [[[extra_content], reasoning_details]];

  for (const [input, tool] of [
    ['Echo', never],
    ['Search', { type: 'web_search' as const }],
  ] as const) {
    test(`reaches the model in the next turn (${tool.type})`, async () => {
      const { id, output } = await server.openai.responses.create({ input, tools: [tool] });
      assert.equal(output.at(-2)?.type, tool.type === 'mcp' ? 'mcp_call' : 'web_search_call');
      assert.deepEqual(received(), whole, 'in the same run');
      await server.openai.responses.create({ input: 'Thanks', previous_response_id: id });
      assert.deepEqual(received(), whole);
    });
  }

  test('reaches the model when the client keeps the history', async () => {
    const { output } = await server.openai.responses.create({ input: 'Echo', tools: [never], store: false });
    const history = output as ResponseInputItem[];
    await server.openai.responses.create({ input: [...history, { role: 'user', content: 'Thanks' }], store: false });
    assert.deepEqual(received(), whole);
  });

  test('reaches the model with the result of an approved call', async () => {
    const { id, output } = await server.openai.responses.create({ input: 'Echo', tools: [mcp] });
    const answer = {
      type: 'mcp_approval_response' as const,
      approval_request_id: output.at(-1)?.id ?? '',
      approve: true,
    };
    const next = await server.openai.responses.create({ input: [answer], tools: [mcp], previous_response_id: id });
    assert.equal(next.output_text, 'Done.');
    assert.deepEqual(received(), whole);
    await server.openai.responses.create({ input: 'Thanks', previous_response_id: next.id });
    assert.deepEqual(received(), whole);
  });
});
