import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Response, ResponseCreateParams } from 'openai/resources/responses/responses';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { isApiError } from './is-api-error.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const toTool = (name: string) => ({ type: 'function' as const, name, strict: false, parameters: { type: 'object' } });
const tools = [toTool('look'), toTool('listen')];
/** The upstream's behaviour, independent of the request. */
const disobey = 'say Hm.\ntool look {}\ntool listen {}\ntool delete_all {}';

type Body = { [K in 'input' | 'tools' | 'tool_choice' | 'parallel_tool_calls']?: NonNullable<ResponseCreateParams[K]> };

const callsOf = (response: Response) =>
  response.output.flatMap((item) => (item.type === 'function_call' ? [item.name] : []));

describe('tool_choice, whatever the upstream does', () => {
  const setup = useUpstream('memory');
  const create = (body: Body) => setup.openai.responses.create({ model, input: disobey, tools, ...body });
  const stream = (body: Body) =>
    setup.openai.responses.stream({ model, input: disobey, tools, ...body }).finalResponse();

  it('auto: passes calls of other tools too, which the client answers', async () => {
    assert.deepEqual(callsOf(await create({})), ['look', 'listen', 'delete_all']);
    assert.deepEqual(callsOf(await stream({})), ['look', 'listen', 'delete_all']);
  });

  it('none: suppresses calls and passes text (N42)', async () => {
    const response = await create({ tool_choice: 'none' });
    assert.equal(setup.sent.tool_choice, 'none');
    assert.deepEqual(callsOf(response), []);
    assert.equal(response.output_text, 'Hm.');
    assert.deepEqual(callsOf(await stream({ tool_choice: 'none' })), []);
  });

  it('required: fails an answer without a call (N41)', async () => {
    const input = 'say I would rather not.';
    await assert.rejects(create({ tool_choice: 'required', input }), isApiError(502, 'upstream_error'));
    assert.equal(setup.sent.tool_choice, 'required');
    const streamed = await stream({ tool_choice: 'required', input });
    assert.equal(streamed.status, 'failed');
    assert.match(streamed.error?.message ?? '', /did not call a tool/);
  });

  it('required: completes an answer with a call (N41)', async () => {
    assert.deepEqual(callsOf(await create({ tool_choice: 'required' })), ['look', 'listen', 'delete_all']);
  });

  it('a named function: passes only its calls (L3)', async () => {
    const tool_choice = { type: 'function' as const, name: 'listen' };
    assert.deepEqual(callsOf(await create({ tool_choice })), ['listen']);
    assert.deepEqual(setup.sent.tool_choice, { type: 'function', function: { name: 'listen' } });
    await assert.rejects(create({ tool_choice, input: 'tool look {}' }), isApiError(502, 'upstream_error'));
  });

  it('allowed_tools: suppresses calls of other tools, non-streamed and streamed (N43, N44, N45, N46)', async () => {
    const allowed = [{ type: 'function', name: 'listen' }];
    const tool_choice = { type: 'allowed_tools' as const, mode: 'auto' as const, tools: allowed };
    assert.deepEqual(callsOf(await create({ tool_choice })), ['listen']);
    assert.deepEqual(callsOf(await stream({ tool_choice })), ['listen']);
    const none = { ...tool_choice, tools: [{ type: 'function', name: 'unheard' }] };
    assert.deepEqual(callsOf(await create({ tool_choice: none })), []);
  });

  it('allowed_tools with mode required: fails without an allowed call (N41, N45)', async () => {
    const allowed = [{ type: 'function', name: 'listen' }];
    const tool_choice = { type: 'allowed_tools' as const, mode: 'required' as const, tools: allowed };
    assert.deepEqual(callsOf(await create({ tool_choice })), ['listen']);
    await assert.rejects(create({ tool_choice, input: 'tool look {}' }), isApiError(502, 'upstream_error'));
  });

  it('parallel_tool_calls: false passes one call', async () => {
    assert.deepEqual(callsOf(await create({ parallel_tool_calls: false })), ['look']);
    assert.equal(setup.sent.parallel_tool_calls, false);
    const { parallel_tool_calls } = await stream({ parallel_tool_calls: false });
    assert.equal(parallel_tool_calls, false);
  });

  for (const tool_choice of [
    { type: 'function' as const, name: 'unheard' },
    { type: 'custom' as const, name: 'look' },
  ]) {
    it(`is refused for an unlisted tool: ${JSON.stringify(tool_choice)}`, async () => {
      await assert.rejects(create({ tool_choice }), isApiError(400, 'invalid_value', 'tool_choice'));
    });
  }

  it('is refused for an unsupported hosted tool', async () => {
    const tool_choice = { type: 'web_search_preview' as const };
    await assert.rejects(create({ tool_choice }), isApiError(400, 'unsupported_value', 'tool_choice'));
  });

  it('is refused when a call is required and only hosted tools are offered', async () => {
    const body = { tools: [{ type: 'web_search' as const }], tool_choice: 'required' as const };
    await assert.rejects(create(body), isApiError(400, 'invalid_value', 'tool_choice'));
  });

  it('refuses a tool output without its call, with its location', async () => {
    const input = [{ type: 'function_call_output' as const, call_id: 'call_x', output: 'seen' }];
    await assert.rejects(create({ input }), isApiError(400, 'invalid_value', 'input[0].call_id'));
  });
});

describe('unsupported hosted tools', () => {
  it('are accepted, not sent to the agent, echoed, and named in a warning of the log', async () => {
    await using server = await spawnTalaria({ LOG_LEVEL: 'warn' });
    const hosted = [{ type: 'web_search' as const }, { type: 'code_interpreter' as const, container: 'auto' }];
    const response = await server.openai.responses.create({ model, input: 'Hello', tools: [...hosted, ...tools] });
    assert.equal(response.status, 'completed');
    assert.deepEqual(
      response.tools.map((tool) => tool.type),
      ['web_search', 'code_interpreter', 'function', 'function'],
    );
    await server.kill('SIGTERM');
    const lines = server
      .stderr()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const warning = lines.find((line) => 'tools' in line);
    assert.deepEqual([warning?.level, warning?.tools], [40, ['web_search', 'code_interpreter']]);
  });
});
