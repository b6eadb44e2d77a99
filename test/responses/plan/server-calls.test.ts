import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { UsedAnswers } from '../../../src/responses/plan/server-calls.ts';
import { toAgentMessages } from '../../../src/responses/plan/to-agent-messages.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';

const call = (id: string, rest = {}): StoredItem => ({
  type: 'mcp_call',
  id,
  server_label: 'files',
  name: 'read',
  arguments: '{}',
  output: `result of ${id}`,
  error: null,
  status: 'completed',
  ...rest,
});

const request = {
  type: 'mcp_approval_request',
  id: 'mcpr_1',
  server_label: 'files',
  name: 'write',
  arguments: '{"a":1}',
};
const answer = (approve: boolean, reason?: string): StoredItem => ({
  type: 'mcp_approval_response',
  id: 'item_1',
  approval_request_id: 'mcpr_1',
  approve,
  reason: reason ?? null,
});
const user: StoredItem = {
  type: 'message',
  id: 'msg_1',
  role: 'user',
  content: [{ type: 'input_text', text: 'go on' }],
  status: 'completed',
};

/** Shows messages as short texts: `calls a b`, `a: result`, `user`. */
function show(history: StoredItem[], input: StoredItem[] = [], approvals: string[] = [], used?: UsedAnswers): string[] {
  const open = () => undefined;
  const { messages } = toAgentMessages({ history, input, open, approvals: new Set(approvals), ...(used && { used }) });
  return messages.map((message) => {
    if (message.role === 'assistant') return `calls ${message.toolCalls.map(({ callId }) => callId).join(' ')}`;
    if (message.role === 'user') return 'user';
    return `${message.callId}: ${message.content.map((part) => (part.type === 'text' ? part.text : '')).join('')}`;
  });
}

suite('calls that the server ran, in later turns', () => {
  test('of one reply are one message, those of different replies are not', () => {
    const parallel = [
      call('a', { agent_reply: 'a' }),
      call('b', { agent_reply: 'a' }),
      call('c', { agent_reply: 'c' }),
    ];
    assert.deepEqual(show(parallel), ['calls a b', 'a: result of a', 'b: result of b', 'calls c', 'c: result of c']);
  });

  test('join the call of a client’s function that the same reply made', () => {
    const own = { type: 'function_call', id: 'fc_1', call_id: 'own', name: 'f', arguments: '{}', status: 'completed' };
    const output = { type: 'function_call_output', id: 'fco_1', call_id: 'own', output: 'ok', status: 'completed' };
    assert.deepEqual(show([own, call('a')], [output]), ['calls own a', 'a: result of a', 'own: ok']);
  });

  test('show an error, and appear once when the client sends them again', () => {
    const failed = call('a', { output: null, error: 'no such file', status: 'failed' });
    assert.deepEqual(show([failed], [failed, user]), ['calls a', 'a: no such file', 'user']);
  });

  test('that need approval show what became of it', () => {
    const waits = 'mcpr_1: This call awaits approval. It has not run yet.';
    assert.deepEqual(show([request, user]), ['calls mcpr_1', waits, 'user']);
    const denied = 'mcpr_1: The user denied this call. Reason: no';
    assert.deepEqual(show([request, answer(false, 'no')]), ['calls mcpr_1', denied]);
    const used = new Map([['mcpr_1', { approve: true, reason: undefined }]]);
    for (const history of [[request], [request, answer(true)]])
      assert.match(show(history, [], [], used)[1] ?? '', /another response ran it or began to/);
    const ran = call('a', { approval_request_id: 'mcpr_1' });
    assert.deepEqual(show([request, answer(true), ran]), ['calls mcpr_1', 'mcpr_1: result of a']);
    assert.deepEqual(show([request], [answer(true)], ['mcpr_1']), ['calls mcpr_1', 'mcpr_1: ']);
  });

  test('of a reply that was replaced are omitted, with its text', () => {
    const cut = { ...user, role: 'assistant', agent_superseded: true };
    assert.deepEqual(show([user, cut, call('a')]), ['user', 'calls a', 'a: result of a']);
  });
});
