import { type Fixtures, functionTool, message } from './fixtures.ts';

export interface FieldProbe {
  /** A valid value that is not the default. */
  value: unknown;
  /** Further fields of both requests, which this field needs to have an effect. */
  with?: object;
}

type FieldProbes = Record<string, FieldProbe>;

const chatTool = { type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } };
const shared: FieldProbes = {
  metadata: { value: { topic: 'test' } },
  model: { value: 'other-model' },
  temperature: { value: 0.5 },
  top_p: { value: 0.5 },
  presence_penalty: { value: 0.5 },
  frequency_penalty: { value: 0.5 },
  user: { value: 'user-1' },
  safety_identifier: { value: 'user-1' },
  prompt_cache_key: { value: 'key-1' },
  prompt_cache_retention: { value: '24h' },
  prompt_cache_options: { value: { mode: 'explicit' } },
  service_tier: { value: 'flex' },
  stream: { value: true },
  moderation: { value: { model: 'omni-moderation-latest' } },
};

export function responseFields(fixtures: Fixtures): FieldProbes {
  return {
    ...shared,
    input: { value: 'Other words.' },
    instructions: { value: 'Be brief.' },
    previous_response_id: { value: fixtures.responseId },
    conversation: { value: fixtures.conversationId },
    tools: { value: [functionTool] },
    tool_choice: { value: 'required', with: { tools: [functionTool], input: 'call twice' } },
    parallel_tool_calls: { value: false, with: { tools: [functionTool] } },
    max_tool_calls: { value: 1, with: { tools: [functionTool], input: 'call twice' } },
    text: { value: { format: { type: 'json_object' } } },
    reasoning: { value: { effort: 'low' } },
    max_output_tokens: { value: 64 },
    top_logprobs: { value: 2 },
    include: { value: ['reasoning.encrypted_content'] },
    store: { value: false },
    stream_options: { value: { include_obfuscation: true }, with: { stream: true } },
    background: { value: true },
    background_options: { value: { completion_window: '2h' }, with: { background: true } },
    access_programs: { value: { cyber: 'standard' } },
    image: { value: { context_compression: 'enabled' } },
    prompt: { value: { id: 'pmpt_1' } },
    truncation: { value: 'auto', with: { previous_response_id: fixtures.longResponseId } },
    context_management: {
      value: [{ type: 'compaction', compact_threshold: 1000 }],
      with: { previous_response_id: fixtures.longResponseId },
    },
    personality: { value: 'friendly' },
  };
}

export function chatFields(): FieldProbes {
  return {
    ...shared,
    metadata: { value: { topic: 'test' }, with: { store: true } },
    messages: { value: [{ role: 'user', content: 'Other words.' }] },
    tools: { value: [chatTool] },
    tool_choice: {
      value: 'required',
      with: { tools: [chatTool], messages: [{ role: 'user', content: 'call twice' }] },
    },
    parallel_tool_calls: { value: false, with: { tools: [chatTool] } },
    response_format: { value: { type: 'json_object' } },
    max_completion_tokens: { value: 64 },
    max_tokens: { value: 64 },
    n: { value: 2 },
    stop: { value: ['word'] },
    seed: { value: 7 },
    logit_bias: { value: { 50256: -100 } },
    logprobs: { value: true },
    top_logprobs: { value: 2, with: { logprobs: true } },
    reasoning_effort: { value: 'low' },
    verbosity: { value: 'low' },
    store: { value: true },
    stream_options: { value: { include_usage: true }, with: { stream: true } },
    modalities: { value: ['text', 'audio'] },
    audio: { value: { voice: 'alloy', format: 'wav' } },
    prediction: { value: { type: 'content', content: 'Maybe this.' } },
    web_search_options: { value: {} },
    functions: { value: [{ name: 'look', parameters: {} }] },
    function_call: { value: 'none', with: { functions: [{ name: 'look', parameters: {} }] } },
  };
}

export function conversationFields(): FieldProbes {
  return {
    metadata: { value: { topic: 'test' } },
    items: { value: [message('Three.')] },
    include: { value: ['message.output_text.logprobs'] },
  };
}

export interface QueryProbe {
  value: string;
  /** Further parameters of both requests, which this one needs to have an effect. */
  with?: string;
}

/** Query parameters, each with a value that changes a list of two. */
export function queryValues(fixtures: Fixtures, path: string): Record<string, QueryProbe> {
  return {
    after: { value: firstIn(fixtures, path) },
    limit: { value: '1' },
    // The default of each list is the other order.
    order: { value: path === '/chat/completions' || path.endsWith('/messages') ? 'desc' : 'asc' },
    model: { value: 'other-model' },
    metadata: { value: 'metadata[topic]=test' },
    include: { value: 'message.output_text.logprobs' },
    stream: { value: 'true' },
    starting_after: { value: '1', with: 'stream=true' },
    include_obfuscation: { value: 'true', with: 'stream=true' },
  };
}

function firstIn(fixtures: Fixtures, path: string): string {
  if (path === '/chat/completions') return fixtures.chatCompletionId;
  if (path.endsWith('/messages')) return fixtures.chatMessageId;
  return path.endsWith('/input_items') ? fixtures.inputItemId : fixtures.itemId;
}
