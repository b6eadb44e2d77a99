import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createResponseId } from '../../../src/ids.ts';
import { toResource } from '../../../src/responses/plan/to-resource.ts';
import type { ResponseRequest } from '../../../src/responses/responses-deps.ts';
import { checkBody, findOperation } from '../../helpers/contract-check.ts';

const id = createResponseId();
const facts = { id, createdAt: 1_700_000_000, model: 'test', instructions: null, conversationId: undefined };

/** The resource, checked against the contract. */
function echo(request: ResponseRequest, instructions: string | null = null) {
  const resource = toResource(request, { ...facts, instructions });
  const operation = findOperation('POST', '/v1/responses');
  assert.ok(operation);
  checkBody(operation, 200, JSON.stringify(resource));
  return resource;
}

describe('a response as it starts', () => {
  it('reports every setting, each at its default when none was given', () => {
    assert.deepEqual(echo({ input: 'Hello' }), {
      id,
      object: 'response',
      created_at: 1_700_000_000,
      completed_at: null,
      status: 'in_progress',
      background: false,
      error: null,
      incomplete_details: null,
      instructions: null,
      max_output_tokens: null,
      max_tool_calls: null,
      model: 'test',
      output: [],
      parallel_tool_calls: true,
      previous_response_id: null,
      temperature: 1,
      top_p: 1,
      top_logprobs: 0,
      presence_penalty: 0,
      frequency_penalty: 0,
      reasoning: { effort: null, summary: null },
      store: true,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      truncation: 'disabled',
      usage: null,
      metadata: {},
      prompt_cache_key: null,
      safety_identifier: null,
      service_tier: 'default',
      access_programs: null,
    });
  });

  it('reports every setting as it was given', () => {
    const settings = {
      max_output_tokens: 100,
      max_tool_calls: 3,
      parallel_tool_calls: false,
      previous_response_id: createResponseId(),
      temperature: 0.25,
      top_p: 0.5,
      top_logprobs: 2,
      presence_penalty: 0.5,
      frequency_penalty: -0.5,
      reasoning: { effort: 'low' as const, summary: 'auto' as const },
      store: false,
      text: { format: { type: 'json_object' as const }, verbosity: 'low' as const },
      tool_choice: 'none' as const,
      truncation: 'auto' as const,
      metadata: { topic: 'test' },
      prompt_cache_key: 'k',
      safety_identifier: 's',
      user: 'u',
    };
    const { output, ...resource } = echo({ input: 'Hello', ...settings }, 'Be brief.');
    assert.deepEqual({ ...resource, ...settings }, resource);
    assert.equal(resource.instructions, 'Be brief.');
    assert.deepEqual(output, []);
  });

  it('takes null for a setting that was not given', () => {
    const nulls = { temperature: null, top_p: null, tools: null, text: null, reasoning: null, metadata: null };
    assert.deepEqual(echo({ input: 'Hello', ...nulls }), echo({ input: 'Hello' }));
  });

  it('takes the empty text settings that LangChain always sends', () => {
    assert.deepEqual(echo({ input: 'Hello', text: {} }).text, { format: { type: 'text' } });
  });

  it('reports all fields of a function tool, null for omitted ones', () => {
    assert.deepEqual(echo({ input: 'Hello', tools: [{ type: 'function', name: 'look' }] }).tools, [
      { type: 'function', name: 'look', description: null, parameters: null, strict: null },
    ]);
  });

  it('echoes unsupported tools unchanged', () => {
    const tools: NonNullable<ResponseRequest['tools']> = [
      { type: 'web_search' },
      { type: 'custom', name: 'apply_patch', format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' } },
    ];
    assert.deepEqual(echo({ input: 'Hello', tools }).tools, tools);
  });

  it('completes a JSON Schema format with all its fields', () => {
    const schema = { type: 'object' };
    assert.deepEqual(echo({ input: 'Hello', text: { format: { type: 'json_schema', name: 'a', schema } } }).text, {
      format: { type: 'json_schema', name: 'a', description: null, schema, strict: false },
    });
  });

  it('adds the mode to allowed_tools', () => {
    const tools = [{ type: 'function', name: 'look' }];
    assert.deepEqual(echo({ input: 'Hello', tool_choice: { type: 'allowed_tools', tools } }).tool_choice, {
      type: 'allowed_tools',
      mode: 'auto',
      tools,
    });
    const chosen = { type: 'function' as const, name: 'look' };
    assert.deepEqual(echo({ input: 'Hello', tool_choice: chosen }).tool_choice, chosen);
  });
});
