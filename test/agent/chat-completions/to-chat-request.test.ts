import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentRequest } from '../../../src/agent/agent-client.ts';
import { toChatRequest } from '../../../src/agent/chat-completions/to-chat-request.ts';
import { LearnedFields } from '../../../src/agent/upstream/learned-fields.ts';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import { toRequest } from '../upstream/upstream-harness.ts';

const context = { agent: 'default', settings: defaultUpstreamSettings, learned: new LearnedFields() };

/** Returns the request as sent, without the fields that JSON omits. */
function toWire(fields: Partial<AgentRequest>) {
  return JSON.parse(JSON.stringify(toChatRequest(toRequest('hi', fields), 'the-model', context)));
}

const bare = {
  model: 'the-model',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
  stream_options: { include_usage: true },
};
const weather = { name: 'get_weather', description: 'Tells', parameters: { type: 'object' }, strict: true };

suite('toChatRequest', () => {
  test('requests a stream with usage, and only fields that the client sent', () => {
    assert.deepEqual(toWire({}), bare);
  });

  test('sends the given model, not the requested one', () => {
    assert.equal(toWire({ model: 'another' }).model, 'the-model');
  });

  test('sends every setting under its wire name', () => {
    const settings = {
      temperature: 0,
      topP: 0.5,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      maxOutputTokens: 10,
      stop: ['END'],
      seed: 0,
      logitBias: { '50256': -100 },
      topLogprobs: 2,
      verbosity: 'low',
      user: 'u1',
    };
    assert.deepEqual(toWire({ settings }), {
      ...bare,
      temperature: 0,
      top_p: 0.5,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      max_tokens: 10,
      stop: ['END'],
      seed: 0,
      logit_bias: { '50256': -100 },
      logprobs: true,
      top_logprobs: 2,
      verbosity: 'low',
      user: 'u1',
    });
  });

  test('bounds a reasoning model with max_completion_tokens, the only name it supports', () => {
    const settings = { maxOutputTokens: 10, reasoningEffort: 'low' };
    assert.deepEqual(toWire({ settings }), { ...bare, max_completion_tokens: 10, reasoning_effort: 'low' });
  });

  test('requests only the chosen token without alternatives', () => {
    assert.deepEqual(toWire({ settings: { topLogprobs: 0 } }), { ...bare, logprobs: true });
  });

  test('sends tools as functions', () => {
    assert.deepEqual(toWire({ tools: [weather, { name: 'now' }], parallelToolCalls: false }), {
      ...bare,
      tools: [
        { type: 'function', function: weather },
        { type: 'function', function: { name: 'now', parameters: { type: 'object', properties: {} } } },
      ],
      parallel_tool_calls: false,
    });
  });

  test('sends a tool choice other than auto', () => {
    const toChoice = (toolChoice: AgentRequest['toolChoice']) => toWire({ tools: [weather], toolChoice }).tool_choice;
    assert.equal(toChoice('auto'), undefined);
    assert.equal(toChoice('none'), 'none');
    assert.equal(toChoice('required'), 'required');
    assert.deepEqual(toChoice({ name: 'get_weather' }), { type: 'function', function: { name: 'get_weather' } });
  });

  test('omits the tool choice when there are no tools', () => {
    assert.deepEqual(toWire({ toolChoice: 'required', parallelToolCalls: true }), bare);
  });

  test('sends the output format', () => {
    assert.deepEqual(toWire({ format: { type: 'json_object' } }).response_format, { type: 'json_object' });
    const schema = { type: 'object' };
    assert.deepEqual(toWire({ format: { type: 'json_schema', name: 'city', schema, strict: true } }).response_format, {
      type: 'json_schema',
      json_schema: { name: 'city', schema, strict: true },
    });
  });
});
