import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { createCodexRequest } from './codex-request.ts';

const model = 'any-name';
const tools = [{ type: 'function', name: 'look', parameters: { type: 'object', properties: {} } }];

describe('requests in the shapes that published clients send', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  const respond = async (body: object) => {
    const reply = await post(`${server.url}/v1/responses`, { model, ...body });
    const text = await reply.text();
    assert.equal(reply.status, 200, text);
    return JSON.parse(text);
  };

  it("accepts LangChain's empty text settings", async () => {
    const response = await respond({ input: [{ type: 'message', role: 'user', content: 'Hello' }], text: {} });
    assert.equal(response.status, 'completed');
    assert.deepEqual(response.text, { format: { type: 'text' } });
  });

  it("accepts the AI SDK's bare assistant messages", async () => {
    const response = await respond({
      input: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'input_text', text: 'one' }] },
        { role: 'assistant', content: 'first' },
        { role: 'assistant', content: [{ type: 'output_text', text: 'and more' }], id: 'msg_1' },
        { role: 'user', content: [{ type: 'input_text', text: 'two' }] },
      ],
    });
    assert.match(response.output[0].content[0].text, /Turn 2\. You said: two/);
  });

  it('accepts its own items from the Agents SDK', async () => {
    const script = '/reason I look.\n/say Let me see.\n/call look {}\n/call look {"far":true}\n/then\n/say Seen.';
    const input = [{ role: 'user', content: script }];
    for (const reasoning of [{}, { summary: 'auto' }]) {
      const first = await respond({ input, tools, reasoning, store: false });
      assert.deepEqual(
        first.output.map((item: { type: string }) => item.type),
        ['reasoning', 'message', 'function_call', 'function_call'],
      );
      const outputs = first.output
        .filter((item: { type: string }) => item.type === 'function_call')
        .map((call: { call_id: string }) => ({ type: 'function_call_output', call_id: call.call_id, output: 'seen' }));
      const second = await respond({ input: [...input, ...first.output, ...outputs], tools, store: false });
      assert.equal(second.output[0].content[0].text, 'Seen.');
    }
  });

  it('accepts truncated and refused items, and calls run by the agent', async () => {
    for (const script of ['/say one two three\n/limit 2', '/refuse No.', '/run look {} => seen\n/say Done.']) {
      const input = [{ role: 'user', content: script }];
      const first = await respond({ input });
      const second = await respond({ input: [...input, ...first.output, { role: 'user', content: 'And now?' }] });
      assert.match(second.output[0].content[0].text, /And now\?/);
    }
  });

  it('accepts a long Codex request with Codex-only tools and items', async () => {
    const body = createCodexRequest();
    assert.ok(JSON.stringify(body).length > 100 * 1024);
    const reply = await post(`${server.url}/v1/responses`, body, { accept: 'text/event-stream' });
    const text = await reply.text();
    assert.equal(reply.status, 200, text);
    assert.match(text, /Now fix the test\./);
    assert.match(text, /event: response\.output_item\.done\n/);
    assert.match(text, /event: response\.completed\n/);
  });

  it('ignores unknown fields at any depth', async () => {
    const unknown = { unknown_field: { a: [1] } };
    const response = await respond({
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hello', ...unknown }], ...unknown }],
      tools: [{ ...tools[0], ...unknown }],
      text: { format: { type: 'text', ...unknown }, ...unknown },
      ...unknown,
    });
    assert.equal(response.status, 'completed');
    const chat = { model, messages: [{ role: 'user', content: 'Hello', ...unknown }], ...unknown };
    assert.equal((await post(`${server.url}/v1/chat/completions`, chat)).status, 200);
  });

  it('accepts null for every omitted setting', async () => {
    const nulls = ['temperature', 'top_p', 'tools', 'metadata', 'reasoning', 'text', 'instructions', 'stream', 'store'];
    const response = await respond({ input: 'Hello', ...Object.fromEntries(nulls.map((name) => [name, null])) });
    assert.deepEqual([response.temperature, response.store, response.tools], [1, true, []]);
  });
});

describe('a Codex request as sent upstream', () => {
  let upstream: Upstream;
  let server: TestServer;
  before(async () => {
    upstream = await startUpstream();
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  it('is a conversation that any chat model can read: one system message first, calls followed by their results', async () => {
    const reply = await post(`${server.url}/v1/responses`, createCodexRequest());
    assert.equal(reply.status, 200);
    await reply.text();
    const body = upstream.requests.at(-1)?.body;
    const roles: string[] = body.messages.map((message: { role: string }) => message.role);
    assert.equal(roles[0], 'system');
    assert.ok(!roles.slice(1).includes('system') && !roles.includes('developer'));
    assert.equal(roles.at(-1), 'user');
    const calls = body.messages.flatMap((message: { tool_calls?: { id: string }[] }) => message.tool_calls ?? []);
    const results = body.messages.filter((message: { role: string }) => message.role === 'tool');
    assert.deepEqual(
      results.map((message: { tool_call_id: string }) => message.tool_call_id),
      calls.map((call: { id: string }) => call.id),
    );
    assert.ok(calls.length >= 2);
    assert.deepEqual(
      body.tools
        .map((tool: { type: string; function: { name: string } }) => [tool.type, tool.function.name])
        .slice(0, 2),
      [
        ['function', 'exec_command'],
        ['function', 'write_stdin'],
      ],
    );
    // A chat's tool message cannot carry an image, so it follows the result as a user message.
    const picture = body.messages.findIndex((message: object) => JSON.stringify(message).includes('base64,AA=='));
    assert.deepEqual([roles[picture - 1], roles[picture]], ['tool', 'user']);
    assert.doesNotMatch(JSON.stringify(body), /client_metadata|passthrough|_client_\d|web_search/);
  });
});
