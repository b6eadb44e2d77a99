import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../src/chat/chat-deps.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { translate } from './assemble.ts';

type Message = ChatRequest['messages'][number];

const user = (content: string): Message => ({ role: 'user', content });
const called: Message = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }],
};
const look = { type: 'function' as const, function: { name: 'look' } };

describe('a chat request that says nothing', () => {
  const empty: [string, Message[]][] = [
    ['only an empty system message', [{ role: 'system', content: '' }]],
    ['an empty text last', [user('')]],
    ['an empty list of parts last', [user('Hello'), { role: 'user', content: [] }]],
    ['parts with empty texts last', [{ role: 'user', content: [{ type: 'text', text: '' }] }]],
    ['an empty assistant message last', [user('Hello'), { role: 'assistant', content: '' }]],
  ];
  for (const [name, messages] of empty) {
    it(`is refused as the seed of this server refused it: ${name}`, () => {
      assert.throws(() => translate({ messages }), isApiError('invalid_value', 'messages', /^No user message found/));
    });
  }

  const valid: [string, Message[]][] = [
    [
      'a picture',
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.org/a.png' } }] }],
    ],
    ['a file', [{ role: 'user', content: [{ type: 'file', file: { file_data: 'AA==' } }] }]],
    ['an empty tool result', [user('Look.'), called, { role: 'tool', tool_call_id: 'call_1', content: '' }]],
    ['what the assistant began to say', [user('Hello'), { role: 'assistant', content: 'Well' }]],
  ];
  for (const [name, messages] of valid) {
    it(`is not one that ends in ${name}`, () => {
      assert.equal(translate({ messages }).messages.length, messages.length);
    });
  }
});

describe('a chat request that cannot be served', () => {
  const refused: [string, Partial<ChatRequest>, string, string][] = [
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
      'a choice of a function as a custom tool',
      { tools: [look], tool_choice: { type: 'custom', custom: { name: 'look' } } },
      'invalid_value',
      'tool_choice',
    ],
    ['a voice', { audio: { voice: 'alloy', format: 'mp3' } }, 'unsupported_parameter', 'audio'],
    ['alternatives to tokens without their log probabilities', { top_logprobs: 2 }, 'invalid_value', 'top_logprobs'],
    [
      'a schema that is none',
      { response_format: { type: 'json_schema', json_schema: { name: 'plan', schema: { type: 'unknown' } } } },
      'invalid_value',
      'response_format.json_schema.schema',
    ],
    [
      'a result without its call',
      { messages: [{ role: 'tool', tool_call_id: 'call_1', content: 'seen' }] },
      'invalid_value',
      'messages[0].tool_call_id',
    ],
  ];
  for (const [name, fields, code, param] of refused) {
    it(`is refused for ${name}`, () => {
      assert.throws(() => translate(fields), isApiError(code, param));
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
