import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentMessage, AgentPart, AgentRequest } from '../../../src/agent/agent-client.ts';
import { type ChatDialect, toChatDialect } from '../../../src/agent/chat-completions/chat-dialect.ts';
import { toChatMessages } from '../../../src/agent/chat-completions/to-chat-messages.ts';
import { LearnedFields } from '../../../src/agent/upstream/learned-fields.ts';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import { toRequest } from '../upstream/upstream-harness.ts';

const dialect = toChatDialect(toRequest(''), 'the-model', {
  agent: 'default',
  settings: defaultUpstreamSettings,
  learned: new LearnedFields(),
});

function toWire(messages: AgentMessage[], fields: Partial<AgentRequest> = {}, changes: Partial<ChatDialect> = {}) {
  return JSON.parse(JSON.stringify(toChatMessages({ messages, ...fields }, { ...dialect, ...changes })));
}

const text = (value: string): AgentPart => ({ type: 'text', text: value });
const image: AgentPart = { type: 'image', url: 'https://example.test/a.png' };
const imagePart = { type: 'image_url', image_url: { url: 'https://example.test/a.png' } };
const user = (...content: AgentPart[]): AgentMessage => ({ role: 'user', content });
const assistant = (fields: Partial<Extract<AgentMessage, { role: 'assistant' }>>): AgentMessage => ({
  role: 'assistant',
  content: [],
  toolCalls: [],
  ...fields,
});
const tool = (callId: string, ...content: AgentPart[]): AgentMessage => ({ role: 'tool', callId, content });

suite('toChatMessages', () => {
  test('puts the instructions first, as the only system message', () => {
    assert.deepEqual(toWire([user(text('hi'))], { instructions: 'Be brief.' }), [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hi' },
    ]);
  });

  test('sends no system message without instructions', () => {
    assert.deepEqual(toWire([user(text('hi'))], { instructions: '' }), [{ role: 'user', content: 'hi' }]);
  });

  test('sends a single text as a string and anything more as parts', () => {
    assert.deepEqual(toWire([user(text('a')), user(text('a'), text('b')), user(image), user()]), [
      { role: 'user', content: 'a' },
      { role: 'user', content: [text('a'), text('b')] },
      { role: 'user', content: [imagePart] },
      { role: 'user', content: '' },
    ]);
  });

  test('keeps the name of a user and of an assistant', () => {
    assert.deepEqual(
      toWire([{ role: 'user', name: 'ann', content: [text('a')] }, assistant({ content: [text('b')], name: 'bob' })]),
      [
        { role: 'user', name: 'ann', content: 'a' },
        { role: 'assistant', name: 'bob', content: 'b' },
      ],
    );
  });

  test('keeps the detail of an image as far as the protocol supports it', () => {
    const toDetail = (detail: 'auto' | 'low' | 'high' | 'original') =>
      toWire([user({ type: 'image', url: 'data:image/png;base64,AA==', detail })])[0].content[0].image_url.detail;
    assert.deepEqual([toDetail('auto'), toDetail('low'), toDetail('high')], ['auto', 'low', 'high']);
    assert.equal(toDetail('original'), 'high');
  });

  test('sends a file by its data', () => {
    const data = 'data:application/pdf;base64,AA==';
    assert.deepEqual(toWire([user({ type: 'file', filename: 'a.pdf', data }, { type: 'file', data })])[0].content, [
      { type: 'file', file: { filename: 'a.pdf', file_data: data } },
      { type: 'file', file: { file_data: data } },
    ]);
  });

  test('refuses a file with only a URL', () => {
    assert.throws(() => toWire([user({ type: 'file', url: 'https://example.test/a.pdf' })]), {
      code: 'unsupported_value',
      status: 400,
      message: 'This agent does not support file URLs. Send the content of the file as file_data.',
    });
  });

  test('sends an assistant message with its tool calls, with null as content without text', () => {
    const toolCalls = [{ callId: 'call_1', name: 'f', arguments: '{"a":1}' }];
    const wireCalls = [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }];
    assert.deepEqual(toWire([assistant({ toolCalls }), assistant({ content: [text('a'), text('b')], toolCalls })]), [
      { role: 'assistant', content: null, tool_calls: wireCalls },
      { role: 'assistant', content: 'ab', tool_calls: wireCalls },
    ]);
  });

  test('sends back the reasoning of an assistant message', () => {
    assert.deepEqual(toWire([assistant({ content: [text('a')], reasoning: 'hm' }), assistant({ reasoning: '' })]), [
      { role: 'assistant', content: 'a', reasoning_content: 'hm' },
      { role: 'assistant', content: '' },
    ]);
  });

  test('sends a refusal as the text of the assistant', () => {
    assert.deepEqual(toWire([assistant({ refusal: 'No.' })]), [{ role: 'assistant', content: 'No.' }]);
  });

  test('sends a tool result as text, an empty one too', () => {
    assert.deepEqual(toWire([tool('call_1', text('a'), text('b')), tool('call_2')]), [
      { role: 'tool', tool_call_id: 'call_1', content: 'ab' },
      { role: 'tool', tool_call_id: 'call_2', content: '' },
    ]);
  });

  test('moves the images of tool results behind consecutive tool messages', () => {
    const messages = [tool('call_1', text('seen'), image), tool('call_2', image), tool('call_3', text('c'))];
    assert.deepEqual(toWire([...messages, user(text('next')), tool('call_4', image)]), [
      { role: 'tool', tool_call_id: 'call_1', content: 'seen' },
      { role: 'tool', tool_call_id: 'call_2', content: 'See the attached content.' },
      { role: 'tool', tool_call_id: 'call_3', content: 'c' },
      { role: 'user', content: [imagePart, imagePart] },
      { role: 'user', content: 'next' },
      { role: 'tool', tool_call_id: 'call_4', content: 'See the attached content.' },
      { role: 'user', content: [imagePart] },
    ]);
  });

  test('sends thoughts under the name of the upstream, or not at all', () => {
    const messages = [assistant({ content: [text('a')], reasoning: 'hm' })];
    assert.deepEqual(toWire(messages, {}, { reasoningField: 'reasoning' }), [
      { role: 'assistant', content: 'a', reasoning: 'hm' },
    ]);
    assert.deepEqual(toWire(messages, {}, { reasoningField: 'none' }), [{ role: 'assistant', content: 'a' }]);
  });

  test('sends a blank for the missing thoughts of calls where the upstream requires them', () => {
    const toolCalls = [{ callId: 'call_1', name: 'f', arguments: '{}' }];
    const [withCall, withText] = toWire(
      [assistant({ toolCalls }), assistant({ content: [text('a')] })],
      {},
      {
        needsReasoning: true,
      },
    );
    assert.equal(withCall.reasoning_content, ' ');
    assert.equal(withText.reasoning_content, undefined);
  });

  test('sends provider data back to the agent that sent it, and to any if a client kept it', () => {
    const toFields = (agent?: string) => {
      const provider = {
        fields: { extra_content: { google: { thought_signature: 'SIG' } } },
        ...(agent ? { agent } : {}),
      };
      const toolCalls = [{ callId: 'call_1', name: 'f', arguments: '{}', provider }];
      const [message] = toWire([
        assistant({ toolCalls, provider: { ...provider, fields: { reasoning_details: [1] } } }),
      ]);
      return [message.tool_calls[0].extra_content, message.reasoning_details];
    };
    const sent = [{ google: { thought_signature: 'SIG' } }, [1]];
    assert.deepEqual([toFields('default'), toFields()], [sent, sent]);
    assert.deepEqual(toFields('another'), [undefined, undefined]);
  });

  test('sends the instructions under the configured role', () => {
    const [first] = toWire([user(text('hi'))], { instructions: 'Be brief.' }, { systemRole: 'developer' });
    assert.deepEqual(first, { role: 'developer', content: 'Be brief.' });
  });
});
