import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../../src/chat/chat-deps.ts';
import { toAgentMessages } from '../../../src/chat/plan/to-agent-messages.ts';

const text = (value: string) => ({ type: 'text' as const, text: value });
const translate = (...messages: ChatRequest['messages']) => toAgentMessages(messages);
const user = { role: 'user' as const, content: 'Hello' };

describe('chat messages as an agent is given them', () => {
  it('keep their order, with all that the system and the developer say apart', () => {
    const { system, messages } = translate(
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello', name: 'Ann' },
      { role: 'developer', content: [text('Be kind.'), text('Be true.')] },
      { role: 'assistant', content: 'Hi.' },
    );
    assert.deepEqual(system, ['Be brief.', 'Be kind.\nBe true.']);
    assert.deepEqual(messages, [
      { role: 'user', content: [text('Hello')], name: 'Ann' },
      { role: 'assistant', content: [text('Hi.')], toolCalls: [] },
    ]);
  });

  it('have calls of both kinds as functions, the input of a custom tool as their one argument', () => {
    const { messages } = translate(
      user,
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } },
          { id: 'call_2', type: 'custom', custom: { name: 'apply_patch', input: 'line\n"two"' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'seen' },
      { role: 'tool', tool_call_id: 'call_2', content: [text('done')] },
    );
    assert.deepEqual(messages.slice(1), [
      {
        role: 'assistant',
        content: [],
        toolCalls: [
          { callId: 'call_1', name: 'look', arguments: '{"at":1}' },
          { callId: 'call_2', name: 'apply_patch', arguments: '{"input":"line\\n\\"two\\""}' },
        ],
      },
      { role: 'tool', callId: 'call_1', content: [text('seen')] },
      { role: 'tool', callId: 'call_2', content: [text('done')] },
    ]);
  });

  it('join the older form of calls by the name of the function', () => {
    const { messages } = translate(
      user,
      { role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
      { role: 'function', name: 'look', content: 'seen' },
    );
    assert.deepEqual(messages.slice(1), [
      { role: 'assistant', content: [], toolCalls: [{ callId: 'look', name: 'look', arguments: '{}' }] },
      { role: 'tool', callId: 'look', content: [text('seen')] },
    ]);
  });

  it('keep reasoning and refusals in any position', () => {
    const { messages } = translate(
      user,
      { role: 'assistant', content: 'Hm.', reasoning_content: 'I think.', refusal: 'No.' },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'Never.' }] },
    );
    assert.deepEqual(messages.slice(1), [
      { role: 'assistant', content: [text('Hm.')], toolCalls: [], reasoning: 'I think.', refusal: 'No.' },
      { role: 'assistant', content: [], toolCalls: [], refusal: 'Never.' },
    ]);
  });

  it('take images and files along', () => {
    const { messages } = translate({
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
      ],
    });
    assert.deepEqual(messages, [
      {
        role: 'user',
        content: [
          { type: 'image', url: 'data:image/png;base64,AA==', detail: 'low' },
          { type: 'file', filename: 'a.pdf', data: 'data:application/pdf;base64,AA==' },
        ],
      },
    ]);
  });

  it('refuse audio and files stored elsewhere, naming the part', () => {
    const sound = { type: 'input_audio' as const, input_audio: { data: 'AA==', format: 'wav' as const } };
    const refusal = { code: 'unsupported_value', param: 'messages[1].content[1]' };
    assert.throws(() => translate(user, { role: 'user', content: [text('Listen:'), sound] }), refusal);
    const file = { type: 'file' as const, file: { file_id: 'file_1' } };
    assert.throws(() => translate(user, { role: 'user', content: [text('Read:'), file] }), refusal);
  });

  it('refuse an image by a URL that is not the web’s: it would be read on the agent’s own machine', () => {
    const image = { type: 'image_url' as const, image_url: { url: 'file:///etc/passwd' } };
    assert.throws(() => translate(user, { role: 'user', content: [text('Look:'), image] }), {
      code: 'invalid_value',
      param: 'messages[1].content[1].image_url.url',
      message:
        "Invalid 'messages[1].content[1].image_url.url': expected a URL that starts with one of 'http://', 'https://', 'data:'.",
    });
  });
});
