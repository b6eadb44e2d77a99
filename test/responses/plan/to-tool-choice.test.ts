import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../src/errors/api-error.ts';
import { toToolChoice } from '../../../src/responses/plan/to-tool-choice.ts';
import { toToolSet } from '../../../src/responses/plan/to-tool-set.ts';
import type { ResponseRequest } from '../../../src/responses/responses-deps.ts';

type Choice = NonNullable<ResponseRequest['tool_choice']>;

const { set } = toToolSet([
  { type: 'function', name: 'look' },
  { type: 'custom', name: 'run' },
  { type: 'namespace', name: 'eyes', description: '', tools: [{ type: 'function', name: 'blink' }] },
]);
const all = ['look', 'run', 'eyes__blink'];

describe('the choice of a tool, as the agent is given it', () => {
  const cases: [Choice, { tools: string[]; toolChoice: unknown }][] = [
    ['auto', { tools: all, toolChoice: 'auto' }],
    ['none', { tools: all, toolChoice: 'none' }],
    ['required', { tools: all, toolChoice: 'required' }],
    [
      { type: 'function', name: 'look' },
      { tools: all, toolChoice: { name: 'look' } },
    ],
    [
      { type: 'custom', name: 'run' },
      { tools: all, toolChoice: { name: 'run' } },
    ],
    [
      { type: 'function', name: 'blink' },
      { tools: all, toolChoice: { name: 'eyes__blink' } },
    ],
    [
      { type: 'function', name: 'eyes.blink' },
      { tools: all, toolChoice: { name: 'eyes__blink' } },
    ],
    [allow([{ type: 'function', name: 'look' }]), { tools: ['look'], toolChoice: 'auto' }],
    [allow([{ type: 'function', name: 'look' }], 'required'), { tools: ['look'], toolChoice: 'required' }],
    [allow([{ name: 'look' }, { type: 'custom', name: 'run' }]), { tools: ['look', 'run'], toolChoice: 'auto' }],
    [allow([{ type: 'namespace', name: 'eyes' }]), { tools: ['eyes__blink'], toolChoice: 'auto' }],
    [allow([{ type: 'custom', name: 'look' }]), { tools: [], toolChoice: 'none' }],
    [allow([{ type: 'web_search' }]), { tools: [], toolChoice: 'none' }],
    [allow([]), { tools: [], toolChoice: 'none' }],
  ];
  for (const [choice, expected] of cases) {
    it(`for ${JSON.stringify(choice)}`, () => {
      const { tools, toolChoice } = toToolChoice(set, choice);
      assert.deepEqual({ tools: tools.map((tool) => tool.name), toolChoice }, expected);
    });
  }

  const refused: [Choice, string][] = [
    [{ type: 'function', name: 'listen' }, 'invalid_value'],
    [{ type: 'function', name: 'run' }, 'invalid_value'],
    [{ type: 'custom', name: 'look' }, 'invalid_value'],
    [allow([{ type: 'function', name: 'listen' }], 'required'), 'invalid_value'],
    [{ type: 'web_search_preview' }, 'unsupported_value'],
    [{ type: 'file_search' }, 'unsupported_value'],
    [{ type: 'mcp', server_label: 'x' }, 'unsupported_value'],
  ];
  for (const [choice, code] of refused) {
    it(`is refused for ${JSON.stringify(choice)}`, () => {
      assert.throws(() => toToolChoice(set, choice), isRefusal(code));
    });
  }

  it('is refused when a call is required and there is nothing to call', () => {
    assert.throws(() => toToolChoice(toToolSet([]).set, 'required'), isRefusal('invalid_value'));
    assert.throws(() => toToolChoice(toToolSet([{ type: 'web_search' }]).set, 'required'), isRefusal('invalid_value'));
  });
});

type Allowed = Extract<Choice, { type: 'allowed_tools' }>;

function allow(tools: Allowed['tools'], mode?: 'auto' | 'required'): Allowed {
  return { type: 'allowed_tools', tools, ...(mode ? { mode } : {}) };
}

function isRefusal(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.code, error.param], [400, code, 'tool_choice']);
    return true;
  };
}
