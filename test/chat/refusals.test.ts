import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../src/chat/chat-deps.ts';
import { toAgentRequest } from '../../src/chat/to-agent-request.ts';
import { ApiError } from '../../src/errors/api-error.ts';

type Message = ChatRequest['messages'][number];

const user = (content: string): Message => ({ role: 'user', content });
const look = { type: 'function' as const, function: { name: 'look' } };

describe('a chat request that says nothing', () => {
  const empty: [string, Message[]][] = [
    ['only a system message', [{ role: 'system', content: 'Be brief.' }]],
    ['an empty text last', [user('')]],
    ['an empty list of parts last', [user('Hello'), { role: 'user', content: [] }]],
    ['parts with empty texts last', [{ role: 'user', content: [{ type: 'text', text: '' }] }]],
    ['an assistant last that said nothing', [user('Hello'), { role: 'assistant', content: '' }]],
  ];
  for (const [name, messages] of empty) {
    it(`is refused as the seed of this server refused it: ${name}`, () => {
      assert.throws(
        () => toAgentRequest({ messages }),
        isApiError('invalid_value', 'messages', /^No user message found/),
      );
    });
  }

  const valid: [string, Message[]][] = [
    [
      'a picture',
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.org/a.png' } }] }],
    ],
    ['a file', [{ role: 'user', content: [{ type: 'file', file: { file_data: 'AA==' } }] }]],
    ['an empty tool result', [user('Look.'), { role: 'tool', tool_call_id: 'call_1', content: '' }]],
    ['what the assistant began to say', [user('Hello'), { role: 'assistant', content: 'Well' }]],
  ];
  for (const [name, messages] of valid) {
    it(`is not one that ends in ${name}`, () => {
      assert.equal(toAgentRequest({ messages }).messages.length, messages.length);
    });
  }
});

describe('a chat request that cannot be served', () => {
  const refused: [string, Partial<ChatRequest>, string, string][] = [
    ['several choices', { n: 2 }, 'unsupported_parameter', 'n'],
    ['spoken answers', { modalities: ['text', 'audio'] }, 'unsupported_parameter', 'modalities'],
    [
      'sound',
      { messages: [user('a'), { role: 'user', content: [audio()] }] },
      'unsupported_value',
      'messages[1].content[0]',
    ],
    [
      'an uploaded file',
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] },
      'unsupported_value',
      'messages[0].content[0]',
    ],
    [
      'a choice of a tool that is not offered',
      { tools: [look], tool_choice: { type: 'function', function: { name: 'touch' } } },
      'invalid_value',
      'tool_choice',
    ],
    ['an older choice of no such tool', { function_call: { name: 'touch' } }, 'invalid_value', 'tool_choice'],
    [
      'a custom tool that must be called',
      { tool_choice: { type: 'custom', custom: { name: 'x' } } },
      'unsupported_value',
      'tool_choice',
    ],
  ];
  for (const [name, fields, code, param] of refused) {
    it(`is refused for ${name}`, () => {
      assert.throws(() => toAgentRequest({ messages: [user('Hello')], ...fields }), isApiError(code, param));
    });
  }
});

function audio() {
  return { type: 'input_audio' as const, input_audio: { data: 'AA==', format: 'wav' as const } };
}

function isApiError(code: string, param: string, message = /./): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.code, error.param], [400, code, param]);
    assert.match(error.message, message);
    return true;
  };
}
