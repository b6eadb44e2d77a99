import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TranscriptReader } from '../../../src/agent/hermes/transcript-reader.ts';

const user = (id: number) => ({ id, role: 'user', content: 'hi' });
const call = (id: number, callId: string) => ({
  id,
  role: 'assistant',
  content: '',
  tool_calls: [{ id: callId, function: { name: 'terminal', arguments: '{}' } }],
});
const result = (id: number, callId: string) => ({ id, role: 'tool', tool_call_id: callId, content: 'ran' });

const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);
const wholeCall = ['tool-call-start', 'tool-call-delta', 'tool-call-end'];

describe('the transcript of a session', () => {
  it('has only the calls after the last message of the user for a run', () => {
    const reader = new TranscriptReader();
    const messages = [user(1), call(2, 'old'), result(3, 'old'), user(4), call(5, 'new')];
    const events = reader.read({ sessionId: 's', messages });
    assert.deepEqual(typesOf(events), wholeCall);
    assert.equal(events[0]?.type === 'tool-call-start' && events[0].callId, 'new');
  });

  it('is read on from where the last read ended', () => {
    const reader = new TranscriptReader();
    const messages: object[] = [user(1), call(2, 'a')];
    reader.read({ sessionId: 's', messages });
    assert.deepEqual(reader.read({ sessionId: 's', messages }), []);
    messages.push(result(3, 'a'));
    assert.deepEqual(reader.read({ sessionId: 's', messages }), [{ type: 'tool-result', callId: 'a', output: 'ran' }]);
  });

  it('does not repeat calls that compressing the session has copied', () => {
    const reader = new TranscriptReader();
    reader.read({ sessionId: 's', messages: [user(1), call(2, 'a'), result(3, 'a')] });
    const messages = [user(10), call(11, 'a'), result(12, 'a'), call(13, 'b')];
    const events = reader.read({ sessionId: 's-compressed', messages });
    assert.deepEqual(typesOf(events), wholeCall);
    assert.equal(events[0]?.type === 'tool-call-start' && events[0].callId, 'b');
  });

  it('may hold arguments and results that are not text', () => {
    const reader = new TranscriptReader();
    const calls = [{ id: 'a', function: { name: 'terminal', arguments: { x: 1 } } }, { id: 7 }, null];
    const messages = [
      user(1),
      { id: 2, role: 'assistant', tool_calls: calls },
      { id: 3, role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'r' }] },
      { id: 4, role: 'tool', tool_call_id: 'unknown', content: 'r' },
    ];
    const events = reader.read({ sessionId: 's', messages });
    assert.deepEqual(events[1], { type: 'tool-call-delta', callId: 'a', arguments: '{"x":1}' });
    assert.deepEqual(events.slice(3), [{ type: 'tool-result', callId: 'a', output: '[{"type":"text","text":"r"}]' }]);
  });
});
