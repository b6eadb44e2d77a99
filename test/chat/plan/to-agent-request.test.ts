import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatRequest } from '../../../src/chat/chat-deps.ts';
import { translate } from '../assemble.ts';

const look = { type: 'function' as const, function: { name: 'look', parameters: { type: 'object' } } };
const listen = { type: 'function' as const, function: { name: 'listen', description: 'Hear.', strict: true } };

describe('a chat request as an agent is given it', () => {
  it('hands on every setting that the client sent', () => {
    const { settings, parallelToolCalls, model } = translate({
      model: 'some-model',
      temperature: 0.5,
      top_p: 0.9,
      presence_penalty: 1,
      frequency_penalty: -1,
      max_completion_tokens: 10,
      max_tokens: 99,
      stop: ['END'],
      seed: 7,
      logit_bias: { 50256: -100 },
      logprobs: true,
      top_logprobs: 3,
      reasoning_effort: 'low',
      verbosity: 'high',
      user: 'ann',
      parallel_tool_calls: false,
    });
    assert.deepEqual(settings, {
      temperature: 0.5,
      topP: 0.9,
      presencePenalty: 1,
      frequencyPenalty: -1,
      maxOutputTokens: 10,
      maxOutputTokensField: 'max_completion_tokens',
      stop: ['END'],
      seed: 7,
      logitBias: { 50256: -100 },
      topLogprobs: 3,
      reasoningEffort: 'low',
      verbosity: 'high',
      user: 'ann',
    });
    assert.deepEqual([model, parallelToolCalls], ['some-model', false]);
  });

  it('leaves out what was not sent, or sent as null', () => {
    const nothing: Partial<ChatRequest> = { temperature: null, stop: null, seed: null, logprobs: false, user: null };
    assert.deepEqual(translate(nothing).settings, {});
    assert.deepEqual(translate({}).settings, {});
    assert.equal('format' in translate({ response_format: null }), false);
  });

  it('reads the older and the shorter forms of settings', () => {
    const { settings } = translate({ max_tokens: 5, stop: 'END', logprobs: true, safety_identifier: 'ann' });
    const limit = { maxOutputTokens: 5, maxOutputTokensField: 'max_tokens' };
    assert.deepEqual(settings, { ...limit, stop: ['END'], topLogprobs: 0, user: 'ann' });
  });

  it('accepts what it has no use for', () => {
    const { settings } = translate({
      service_tier: 'flex',
      metadata: { topic: 'weather' },
      store: true,
      prediction: { type: 'content', content: 'Hello' },
      web_search_options: {},
      modalities: ['text'],
      stream_options: { include_obfuscation: false },
      prompt_cache_key: 'one',
    });
    assert.deepEqual(settings, {});
  });

  it('says whether the answer is streamed', () => {
    assert.equal(translate({ stream: true }).watched, true);
    for (const stream of [false, null]) assert.equal(translate({ stream }).watched, false);
    assert.equal(translate({}).watched, false);
  });

  it('makes one prompt of all instructions', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
      { role: 'developer', content: 'Be kind.' },
    ];
    assert.equal(translate({ messages }).instructions, 'Be brief.\nBe kind.');
  });

  it('has the format of the answer', () => {
    const schema = { type: 'object' };
    const json_schema = { name: 'plan', description: 'A plan.', schema, strict: true };
    assert.deepEqual(translate({ response_format: { type: 'json_schema', json_schema } }).format, {
      type: 'json_schema',
      ...json_schema,
    });
    assert.deepEqual(translate({ response_format: { type: 'json_object' } }).format, { type: 'json_object' });
    assert.equal(translate({ response_format: { type: 'text' } }).format, undefined);
  });

  it('has no system prompt where none was given', () => {
    assert.ok(!('instructions' in translate({})));
  });

  it('keeps the fields that the contract does not name apart', () => {
    const unknown = { top_k: 5, chat_template_kwargs: { a: 1 } };
    const { extraFields, settings } = translate({ temperature: 1, ...unknown });
    assert.deepEqual([extraFields, settings], [unknown, { temperature: 1 }]);
  });

  it('offers the function tools, also those sent under the older name', () => {
    const { tools, toolChoice } = translate({
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
});
