import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentRequest } from '../../../src/agent/agent-client.ts';
import { toChatBody } from '../../../src/agent/chat-completions/to-chat-body.ts';
import { readMessages } from '../../../src/agent/history/read-history.ts';
import { LearnedFields } from '../../../src/agent/upstream/learned-fields.ts';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import { toRequest } from '../upstream/upstream-harness.ts';

/** Spaces show whether the text was passed as it is. */
const asked = '{"role":"user", "content":"Look."}';
const called =
  '{"role":"assistant","content":null,"reasoning_content":"\\"reasoning_content\\":","tool_calls":[{"id":"a","type":"function","function":{"name":"look","arguments":"{}"}}]}';
const history = {
  id: 'resp_2',
  parentId: 'resp_1',
  lastTurn: called,
  messages: Buffer.from(`${asked},${called}`),
  openCalls: ['a'],
};
const own: AgentRequest['messages'] = [
  { role: 'tool', callId: 'a', content: [{ type: 'text', text: 'seen' }] },
  { role: 'user', content: [{ type: 'text', text: 'And?' }] },
];

function send(learned: LearnedFields, fields: Partial<AgentRequest> = {}) {
  const request = { ...toRequest('x'), instructions: 'Be brief.', messages: own, ...fields };
  const context = { agent: 'default', settings: defaultUpstreamSettings, learned };
  const joined = toChatBody({ ...request, history }, 'm', context).toString();
  const messages = [...readMessages(history.messages), ...request.messages];
  const whole = toChatBody({ ...request, messages }, 'm', context).toString();
  assert.deepEqual(JSON.parse(joined), JSON.parse(whole));
  return joined;
}

describe('the body of a request with a history', () => {
  it('has it as it is, behind the system message and before the new messages', () => {
    const body = send(new LearnedFields());
    assert.ok(body.includes(`{"role":"system","content":"Be brief."},${asked},${called},{"role":"tool"`), body);
  });

  it('names the reasoning as the upstream does', () => {
    const learned = new LearnedFields();
    learned.learn('reasoning_content', 'reasoning');
    const body = send(learned);
    assert.ok(body.includes(asked) && body.includes('"reasoning":"\\"reasoning_content\\":"'), body);
  });

  for (const lesson of ['null content', 'empty content', 'content parts', 'long call ids', 'roles in this order']) {
    it(`is adapted to an upstream that refuses ${lesson}`, () => {
      const learned = new LearnedFields();
      learned.learn(lesson);
      assert.ok(!send(learned).includes(asked));
    });
  }

  it('has no reasoning for an upstream that refuses it', () => {
    const learned = new LearnedFields();
    learned.learn('reasoning_content');
    assert.ok(!send(learned).includes('"reasoning_content":'));
  });

  it('renames a new call with an id of the history', () => {
    const toolCalls = [{ callId: 'a', name: 'look', arguments: '{}' }];
    const repeated: AgentRequest['messages'] = [...own, { role: 'assistant', content: [], toolCalls }];
    assert.ok(send(new LearnedFields(), { messages: repeated }).includes('"a_2"'));
  });
});
