import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../../src/chat/chat-deps.ts';
import { patchTool, translate, weatherTool } from '../assemble.ts';

const tools = [weatherTool, patchTool];
type Choice = Exclude<ChatRequest['tool_choice'], undefined>;

function choose(choice: Choice) {
  const request = translate({ tools, tool_choice: choice });
  return { tools: request.tools.map(({ name }) => name), choice: request.toolChoice };
}

const all = ['get_weather', 'apply_patch'];
const allowed = (mode: 'auto' | 'required', ...listed: Record<string, unknown>[]): Choice => ({
  type: 'allowed_tools',
  allowed_tools: { mode, tools: listed },
});
const named = (type: 'function' | 'custom', name: string) => ({ type, [type]: { name } });

describe('the tools of a chat request', () => {
  it('are functions to the agent, a custom one with one string and its grammar in words', () => {
    const [weather, patch] = translate({ tools }).tools;
    assert.deepEqual(weather, weatherTool.function);
    assert.equal(patch?.name, 'apply_patch');
    assert.match(patch?.description ?? '', /^Changes files\..*lark grammar:\nstart: "x"\+$/s);
    assert.deepEqual(patch?.parameters?.['required'], ['input']);
  });

  it('may be given in the older form', () => {
    const request = translate({ functions: [weatherTool.function], function_call: { name: 'get_weather' } });
    assert.deepEqual(request.tools, [weatherTool.function]);
    assert.deepEqual(request.toolChoice, { name: 'get_weather' });
    assert.equal(translate({ functions: [weatherTool.function], function_call: 'none' }).toolChoice, 'none');
  });

  it('have a name that every provider takes', () => {
    const [tool] = translate({ tools: [{ type: 'function', function: { name: 'get.weather' } }] }).tools;
    assert.match(tool?.name ?? '', /^[a-zA-Z0-9_-]{1,64}$/);
  });
});

describe('tool_choice of a chat request', () => {
  it('is auto when there is none', () => {
    assert.deepEqual(choose(null), { tools: all, choice: 'auto' });
  });

  for (const mode of ['auto', 'none', 'required'] as const) {
    it(`may be ${mode}`, () => {
      assert.deepEqual(choose(mode), { tools: all, choice: mode });
    });
  }

  it('may name a function or a custom tool', () => {
    assert.deepEqual(choose({ type: 'function', function: { name: 'get_weather' } }).choice, { name: 'get_weather' });
    assert.deepEqual(choose({ type: 'custom', custom: { name: 'apply_patch' } }).choice, { name: 'apply_patch' });
  });

  it('may allow some of the tools: the agent sees no others', () => {
    assert.deepEqual(choose(allowed('auto', named('custom', 'apply_patch'))), {
      tools: ['apply_patch'],
      choice: 'auto',
    });
    assert.deepEqual(choose(allowed('required', named('function', 'get_weather'), named('custom', 'apply_patch'))), {
      tools: all,
      choice: 'required',
    });
  });

  const refused: [string, Choice][] = [
    ['a tool that is not offered', { type: 'function', function: { name: 'nothing' } }],
    ['a tool of another kind', { type: 'custom', custom: { name: 'get_weather' } }],
    ['an allowed tool that is not offered', allowed('auto', named('function', 'nothing'))],
    ['an allowed tool of a kind unknown here', allowed('auto', { type: 'web_search' })],
    ['an allowed tool without a name', allowed('auto', { type: 'function' })],
    ['one of no allowed tools', allowed('required')],
  ];
  for (const [name, choice] of refused) {
    it(`is refused for ${name}`, () => {
      assert.throws(() => choose(choice), { code: 'invalid_value', param: 'tool_choice' });
    });
  }

  it('is refused as required where there are no tools', () => {
    assert.throws(() => translate({ tool_choice: 'required' }), { code: 'invalid_value', param: 'tool_choice' });
    assert.doesNotThrow(() => translate({ tool_choice: 'none' }));
  });
});
