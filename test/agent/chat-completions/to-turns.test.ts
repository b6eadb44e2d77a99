import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ChatMessage } from '../../../src/agent/chat-completions/chat-request.ts';
import { toTurns } from '../../../src/agent/chat-completions/to-turns.ts';

const system: ChatMessage = { role: 'system', content: 's' };
const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant: ChatMessage = { role: 'assistant', content: 'b' };
const call: ChatMessage = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
};
const tool: ChatMessage = { role: 'tool', tool_call_id: 'c1', content: '1' };

const roles = (...messages: ChatMessage[]): string =>
  toTurns(messages)
    .map(({ role }) => role[0])
    .join('');

suite('strict turns', () => {
  test('keep a conversation that alternates', () => {
    const messages = [system, user('a'), call, tool, assistant, user('b')];
    assert.deepEqual(toTurns(messages), messages);
  });

  test('join consecutive messages of the user', () => {
    assert.deepEqual(toTurns([user('a'), user('b')]), [user('a\n\nb')]);
    const image = { type: 'image_url' as const, image_url: { url: 'data:,' } };
    assert.deepEqual(toTurns([user('a'), { role: 'user', content: [image] }]), [
      { role: 'user', content: [{ type: 'text', text: 'a' }, image] },
    ]);
  });

  test('begin with the user', () => {
    assert.equal(roles(system, assistant, user('a')), 'suau');
    assert.equal(roles(call, tool), 'uat');
  });

  test('end with the user or an output', () => {
    assert.equal(roles(user('a'), assistant), 'uau');
    assert.equal(roles(user('a'), call, tool), 'uat');
  });

  test('put an answer between an output and the user', () => {
    assert.equal(roles(user('a'), call, tool, user('b')), 'uatau');
  });

  test('ask a system message alone as the user', () => {
    assert.deepEqual(toTurns([system]), [user('s')]);
  });

  test('stay empty', () => {
    assert.deepEqual(toTurns([]), []);
  });
});
