import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import type { Origin } from '../../../src/responses/plan/read-origin.ts';
import { toTurnFragment } from '../../../src/responses/run/to-turn-fragment.ts';

const origin: Origin = {
  history: [],
  sessionId: 'sess_1',
  parentId: undefined,
  conversationId: undefined,
  instructions: null,
  agentState: undefined,
};

const says = (text: string, role = 'user') => [
  { type: 'message', id: 'msg_1', role, content: [{ type: 'input_text', text }] },
];

test('a plain turn has a fragment', () => {
  const fragment = toTurnFragment(origin, says('hello'));
  assert.deepEqual(JSON.parse(`[${fragment?.messages}]`), [{ role: 'user', content: 'hello' }]);
});

test('a turn with large content has none, because it would be stored twice', () => {
  for (const role of ['user', 'system']) {
    assert.equal(toTurnFragment(origin, says('x'.repeat(limits.fragmentCharacters), role)), undefined, role);
  }
});
