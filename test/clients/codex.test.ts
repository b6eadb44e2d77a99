import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { checkedFetch } from '../helpers/contract-check.ts';
import { post } from '../helpers/talaria.ts';
import { useServer } from './agents-under-test.ts';
import { codeModeTools, createCodexRequest, functionTool, user } from './codex-request.ts';
import { doneItems, readEvents, streamEvents } from './read-events.ts';

/** Fields that Codex sends with every request. None may be refused. */
const headers = {
  accept: 'text/event-stream',
  originator: 'codex_exec',
  'user-agent': 'codex_exec/0.169.0 (Linux; x86_64)',
  'session-id': 'f3b9c1f4-6f0c-4b57-9a59-6f3f4c1f0d11',
  'thread-id': 'f3b9c1f4-6f0c-4b57-9a59-6f3f4c1f0d11',
  'x-client-request-id': 'f3b9c1f4-6f0c-4b57-9a59-6f3f4c1f0d11',
  'x-codex-window-id': 'f3b9c1f4-6f0c-4b57-9a59-6f3f4c1f0d11:0',
  'x-codex-beta-features': 'remote_compaction_v2',
  'x-codex-turn-metadata': JSON.stringify({ request_kind: 'turn', git: 'clean '.repeat(150) }),
};
const base = { store: false, parallel_tool_calls: true, include: ['reasoning.encrypted_content'] };
const grammar = { type: 'grammar', syntax: 'lark', definition: 'start: /.+/s' };
const applyPatch = { type: 'custom', name: 'apply_patch', description: 'Edits files.', format: grammar };
const files = { type: 'namespace', name: 'mcp__files', description: 'Files.', tools: [functionTool('read', 'Reads.')] };

describe('what Codex needs of a stream', () => {
  const setup = useServer('offline agent', 'memory');

  it('gets each text in an output_item.done, the only event it reads text from', async () => {
    const events = await streamEvents(setup.url, { ...base, input: [user('/say Hello there.')] }, headers);
    const [message, ...others] = doneItems(events);
    assert.equal(message.content[0].text, 'Hello there.');
    assert.deepEqual(others, []);
  });

  it('gets a completed event with an id and usage, details and all', async () => {
    const events = await streamEvents(setup.url, { ...base, input: [user('/say Hello.')] }, headers);
    const last = events.at(-1);
    assert.equal(last?.type, 'response.completed');
    assert.match(last['response'].id, /^resp_/);
    const { usage } = last['response'];
    assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
    assert.equal(typeof usage.input_tokens_details.cached_tokens, 'number');
    assert.equal(typeof usage.output_tokens_details.reasoning_tokens, 'number');
  });

  it('gets response.failed as the terminal event when the agent breaks off: it ignores error events', async () => {
    const input = [user('/say one two three\n/break after 1')];
    const events = await streamEvents(setup.url, { ...base, input }, headers);
    assert.equal(events.at(-1)?.type, 'response.failed');
    assert.ok(events.at(-1)?.['response'].error.message);
    assert.ok(events.every((event) => event.type !== 'error'));
  });

  it('gets response.incomplete with a reason when the agent reaches its limit', async () => {
    const input = [user('/say one two three\n/limit 1')];
    const events = await streamEvents(setup.url, { ...base, input }, headers);
    assert.equal(events.at(-1)?.type, 'response.incomplete');
    assert.equal(events.at(-1)?.['response'].incomplete_details.reason, 'max_output_tokens');
  });

  for (const { status, script } of [
    { status: 400, script: '/status 400' },
    { status: 429, script: '/status 429 retry-after 1' },
    { status: 502, script: '/status 500' },
  ]) {
    it(`gets the status ${status} itself, with a message, when nothing was produced`, async () => {
      const reply = await post(`${setup.url}/v1/responses`, {
        ...createCodexRequest(),
        input: [user(script)],
      });
      assert.equal(reply.status, status);
      assert.match(await reply.text(), /"message":"\S/);
    });
  }
});

describe('calls as Codex expects them', () => {
  const setup = useServer('offline agent', 'memory');
  const cases = [
    {
      name: 'a freeform tool as a custom_tool_call with its input',
      tools: [applyPatch],
      ask: 'apply patch',
      expected: { type: 'custom_tool_call', name: 'apply_patch', namespace: undefined },
    },
    {
      name: 'a tool of an MCP namespace by its bare name beside the namespace',
      tools: [files],
      ask: 'mcp files read',
      expected: { type: 'function_call', name: 'read', namespace: 'mcp__files' },
    },
    {
      name: 'a plain function without any namespace',
      tools: [functionTool('exec_command', 'Runs.'), { type: 'web_search', external_web_access: false }],
      ask: 'exec command',
      expected: { type: 'function_call', name: 'exec_command', namespace: undefined },
    },
  ];
  for (const { name, tools, ask, expected } of cases) {
    it(name, async () => {
      const events = await streamEvents(setup.url, { ...base, tools, input: [user(ask)] }, headers);
      const [call, ...others] = doneItems(events);
      assert.deepEqual(others, []);
      const { type, namespace } = call;
      assert.deepEqual({ type, name: call.name, namespace }, expected);
      assert.ok(call.call_id && typeof (type === 'custom_tool_call' ? call.input : call.arguments) === 'string');
    });
  }

  it('gets the calls of code mode, whose tools come in the first input item', async () => {
    const input = [codeModeTools(), user('functions exec, then clock now')];
    const events = await streamEvents(setup.url, { ...base, input }, headers);
    const calls = doneItems(events).map(({ type, namespace, name }) => ({ type, namespace, name }));
    assert.deepEqual(calls, [
      { type: 'custom_tool_call', namespace: 'functions', name: 'exec' },
      { type: 'function_call', namespace: 'clock', name: 'now' },
    ]);
  });

  it('gets one call at a time when code mode forbids parallel ones', async () => {
    const input = [codeModeTools(), user('functions exec, then clock now')];
    const body = { ...base, parallel_tool_calls: false, input };
    assert.equal(doneItems(await streamEvents(setup.url, body, headers)).length, 1);
  });
});

describe('items that Codex replays', () => {
  const setup = useServer('offline agent', 'memory');
  const picture = { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'original' };
  const parts = [
    { type: 'input_text', text: 'first part' },
    { type: 'input_text', text: 'second part' },
  ];
  for (const { name, output, expected } of [
    { name: 'a text', output: 'all well', expected: /all well/ },
    { name: 'the texts of an MCP tool', output: parts, expected: /first part[\s\S]*second part/ },
    { name: 'a picture that it looked at', output: [picture], expected: /exec_command returned/ },
  ]) {
    for (const kind of ['function_call', 'custom_tool_call']) {
      it(`takes ${name} as the output of a ${kind}, with the ids of the client`, async () => {
        const said = kind === 'function_call' ? { arguments: '{}' } : { input: 'go' };
        const call = { type: kind, id: 'x_1', call_id: 'call_1', name: 'exec_command', status: 'completed', ...said };
        const result = { type: `${kind}_output`, id: 'fco_1', call_id: 'call_1', output };
        const events = await streamEvents(setup.url, { ...base, input: [user('Go.'), call, result] }, headers);
        assert.match(doneItems(events)[0].content[0].text, expected);
      });
    }
  }

  it('accepts a replayed turn item by item, sealed reasoning included, with store: false', async () => {
    const tools = [files, applyPatch];
    const reasoning = { effort: 'low', summary: 'auto' };
    const script =
      '/reason I look.\n/call mcp__files__read {"cmd":"a"}\n/call apply_patch {"input":"x"}\n/then\n/say Done.';
    const first = doneItems(
      await streamEvents(setup.url, { ...base, tools, reasoning, input: [user(script)] }, headers),
    );
    assert.deepEqual(
      first.map(({ type }) => type),
      ['reasoning', 'function_call', 'custom_tool_call'],
    );
    assert.ok(first[0].encrypted_content);
    const results = first
      .slice(1)
      .map(({ type, call_id }) => ({ type: `${type}_output`, id: `o_${call_id}`, call_id, output: 'seen' }));
    const input = [user(script), ...first, ...results];
    const second = doneItems(await streamEvents(setup.url, { ...base, tools, reasoning, input }, headers));
    assert.equal(second[0].content[0].text, 'Done.');
  });
});

describe('large and compressed bodies of Codex', () => {
  const setup = useServer('offline agent', 'memory');

  it('reads a body of several megabytes', async () => {
    const body = { ...base, input: [user('x'.repeat(4 * 1024 * 1024)), user('/say Read.')] };
    assert.equal(doneItems(await streamEvents(setup.url, body, headers))[0].content[0].text, 'Read.');
  });

  it('reads a body in zstd, which it sends when signed in with an account', async () => {
    const reply = await checkedFetch(`${setup.url}/v1/responses`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-encoding': 'zstd' },
      body: zstdCompressSync(JSON.stringify(createCodexRequest())),
    });
    assert.equal(reply.status, 200);
    assert.match(doneItems(readEvents(await reply.text()))[0].content[0].text, /Now fix the test\./);
  });
});

describe('compaction as Codex asks for it', () => {
  const setup = useServer('offline agent', 'memory');
  const trigger = { type: 'compaction_trigger' };

  it('yields exactly one compaction item, completes, and is understood when it comes back', async () => {
    const history = [user('My favourite city is Paris.'), user('/say Noted.')];
    const events = await streamEvents(setup.url, { ...base, input: [...history, trigger] }, headers);
    const items = doneItems(events);
    assert.deepEqual(
      items.map(({ type }) => type),
      ['compaction'],
    );
    assert.ok(items[0].encrypted_content);
    assert.equal(events.at(-1)?.type, 'response.completed');
    const next = await streamEvents(setup.url, { ...base, input: [...items, user('And now?')] }, headers);
    assert.match(doneItems(next)[0].content[0].text, /And now\?/);
  });

  it('summarises by an ordinary turn for a provider of any other name', async () => {
    const body = { ...base, parallel_tool_calls: false, input: [user('one'), user('Summarise what was said.')] };
    const [message] = doneItems(await streamEvents(setup.url, body, headers));
    const input = [user(message.content[0].text), user('And now?')];
    assert.match(doneItems(await streamEvents(setup.url, { ...base, input }, headers))[0].content[0].text, /And now/);
  });
});
