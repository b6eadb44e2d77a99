import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../../src/chat/chat-deps.ts';
import { checkToolMessages } from '../../../src/chat/plan/check-tool-messages.ts';

type Messages = ChatRequest['messages'];

const user = { role: 'user' as const, content: 'Hello' };
const result = (id: string) => ({ role: 'tool' as const, tool_call_id: id, content: 'seen' });
const calls = (...ids: string[]): Messages[number] => ({
  role: 'assistant',
  content: null,
  tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'look', arguments: '{}' } })),
});
const customCall: Messages[number] = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'call_9', type: 'custom', custom: { name: 'apply_patch', input: 'x' } }],
};

describe('results of tools', () => {
  const accepted: [string, Messages][] = [
    ['in any order after their calls', [user, calls('call_1', 'call_2'), result('call_2'), result('call_1')]],
    ['of an earlier turn', [user, calls('call_1'), result('call_1'), user, calls('call_2'), result('call_2')]],
    ['of custom tools', [user, customCall, result('call_9')]],
  ];
  for (const [name, messages] of accepted) {
    it(`are accepted ${name}`, () => {
      assert.doesNotThrow(() => checkToolMessages(messages));
    });
  }

  it('are refused where nothing was called before', () => {
    assert.throws(() => checkToolMessages([user, result('call_1')]), {
      code: 'invalid_value',
      param: 'messages[1].tool_call_id',
      message: /'tool' must be a response to a preceding message with 'tool_calls'/,
    });
  });

  it('are refused for a call of another id, which the message names', () => {
    assert.throws(() => checkToolMessages([user, calls('call_1'), result('call_1'), result('call_2')]), {
      code: 'invalid_value',
      param: 'messages[3].tool_call_id',
      message: /'call_2' not found in 'tool_calls' of previous message/,
    });
  });

  it('are refused before their call', () => {
    assert.throws(() => checkToolMessages([user, result('call_1'), calls('call_1')]), {
      param: 'messages[1].tool_call_id',
    });
  });
});
