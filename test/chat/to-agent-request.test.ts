import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../src/chat/chat-deps.ts';
import { toAgentRequest } from '../../src/chat/to-agent-request.ts';

type Message = ChatRequest['messages'][number];

const user = (content: string): Message => ({ role: 'user', content });
const text = (value: string) => ({ type: 'text', text: value });
const messagesOf = (...messages: Message[]) => toAgentRequest({ messages }).messages;

const look = { type: 'function' as const, function: { name: 'look', parameters: { type: 'object' } } };
const listen = { type: 'function' as const, function: { name: 'listen', description: 'Hear.', strict: true } };

describe('a chat request as an agent is given it', () => {
  it('has one system prompt of every system and developer message, joined in order', () => {
    const { instructions, messages } = toAgentRequest({
      messages: [
        { role: 'system', content: 'Be brief.' },
        user('Hello'),
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'Be' },
            { type: 'text', text: 'kind.' },
          ],
        },
      ],
    });
    assert.equal(instructions, 'Be brief.\nBe\nkind.');
    assert.deepEqual(messages, [{ role: 'user', content: [text('Hello')] }]);
  });

  it('has no system prompt where none was given', () => {
    assert.ok(!('instructions' in toAgentRequest({ messages: [user('Hello')] })));
  });

  it('keeps tool calls and their results', () => {
    const call = { id: 'call_1', type: 'function' as const, function: { name: 'look', arguments: '{"a":1}' } };
    assert.deepEqual(
      messagesOf(
        user('Look.'),
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'seen' }] },
      ),
      [
        { role: 'user', content: [text('Look.')] },
        { role: 'assistant', content: [], toolCalls: [{ callId: 'call_1', name: 'look', arguments: '{"a":1}' }] },
        { role: 'tool', callId: 'call_1', content: [text('seen')] },
      ],
    );
  });

  it('takes the older form of calls, tied together by the name', () => {
    assert.deepEqual(
      messagesOf(
        user('Look.'),
        { role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
        { role: 'function', name: 'look', content: 'seen' },
      ).slice(1),
      [
        { role: 'assistant', content: [], toolCalls: [{ callId: 'look', name: 'look', arguments: '{}' }] },
        { role: 'tool', callId: 'look', content: [text('seen')] },
      ],
    );
  });

  it('carries pictures and files', () => {
    const [message] = messagesOf({
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image_url', image_url: { url: 'https://example.org/a.png', detail: 'low' } },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
      ],
    });
    assert.deepEqual(message?.content, [
      text('What is it?'),
      { type: 'image', url: 'https://example.org/a.png', detail: 'low' },
      { type: 'image', url: 'data:image/png;base64,AA==' },
      { type: 'file', filename: 'a.pdf', data: 'data:application/pdf;base64,AA==' },
    ]);
  });

  it('keeps names, refusals and reasoning', () => {
    assert.deepEqual(
      messagesOf(
        { role: 'assistant', content: null, refusal: 'No.', reasoning_content: 'Hm.', name: 'Ann' },
        { role: 'user', content: 'Why?', name: 'Bob' },
      ),
      [
        { role: 'assistant', content: [], toolCalls: [], refusal: 'No.', reasoning: 'Hm.', name: 'Ann' },
        { role: 'user', content: [text('Why?')], name: 'Bob' },
      ],
    );
  });

  it('passes on the settings that were given, and no others', () => {
    assert.deepEqual(toAgentRequest({ messages: [user('Hello')] }).settings, {});
    const { settings } = toAgentRequest({
      messages: [user('Hello')],
      temperature: 0,
      top_p: 0.5,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      max_tokens: 5,
      max_completion_tokens: 7,
      stop: 'x',
      seed: 0,
      logit_bias: { '1': 2 },
      logprobs: true,
      reasoning_effort: 'low',
      verbosity: 'high',
      user: 'u',
    });
    assert.deepEqual(settings, {
      temperature: 0,
      topP: 0.5,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      maxOutputTokens: 7,
      stop: ['x'],
      seed: 0,
      logitBias: { '1': 2 },
      topLogprobs: 0,
      reasoningEffort: 'low',
      verbosity: 'high',
      user: 'u',
    });
  });

  it('has nothing of the fields that the contract does not name', () => {
    const request = { messages: [user('Hello')], top_k: 5, chat_template_kwargs: { a: 1 } };
    assert.doesNotMatch(JSON.stringify(toAgentRequest(request)), /top_k|chat_template/);
  });

  it('offers the function tools, also those sent under the older name', () => {
    const { tools, toolChoice } = toAgentRequest({
      messages: [user('Hello')],
      tools: [look, listen],
      functions: [{ name: 'old', parameters: { type: 'object' } }],
    });
    assert.deepEqual(tools, [
      { name: 'look', parameters: { type: 'object' } },
      { name: 'listen', description: 'Hear.', strict: true },
      { name: 'old', parameters: { type: 'object' } },
    ]);
    assert.equal(toolChoice, 'auto');
  });

  it('chooses a tool by name, also under the older name of the choice', () => {
    const choose = (choice: Partial<ChatRequest>) =>
      toAgentRequest({ messages: [user('Hello')], tools: [look, listen], ...choice }).toolChoice;
    assert.deepEqual(choose({ tool_choice: { type: 'function', function: { name: 'look' } } }), { name: 'look' });
    assert.deepEqual(choose({ function_call: { name: 'listen' } }), { name: 'listen' });
    assert.equal(choose({ tool_choice: 'required' }), 'required');
    assert.equal(choose({ function_call: 'none' }), 'none');
  });

  it('offers only the allowed tools where the choice names them', () => {
    const allowed_tools = { mode: 'required' as const, tools: [{ type: 'function', function: { name: 'listen' } }] };
    const { tools, toolChoice } = toAgentRequest({
      messages: [user('Hello')],
      tools: [look, listen],
      tool_choice: { type: 'allowed_tools', allowed_tools },
    });
    assert.deepEqual([tools.map(({ name }) => name), toolChoice], [['listen'], 'required']);
  });

  it('asks for JSON by a schema', () => {
    const json_schema = { name: 'answer', schema: { type: 'object' }, strict: true };
    const { format } = toAgentRequest({
      messages: [user('Hello')],
      response_format: { type: 'json_schema', json_schema },
    });
    assert.deepEqual(format, { type: 'json_schema', ...json_schema });
  });
});
