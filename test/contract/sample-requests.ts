import type { RequestKind } from './validating-server.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

/** Valid bodies that together use most fields of a request: the seeds of the fuzzing. */
export const sampleRequests: [kind: RequestKind, body: unknown][] = [
  ['chat', { messages: [{ role: 'user', content: 'Hi' }] }],
  [
    'chat',
    {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
        {
          role: 'user',
          name: 'ann',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: '18' }] },
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
        { role: 'user', content: 'Go on.' },
      ],
      tools: [
        { type: 'function', function: { name: 'weather', description: 'd', parameters: schema, strict: true } },
        { type: 'custom', custom: { name: 'shell', format: { type: 'text' } } },
      ],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      temperature: 0.5,
      top_p: 1,
      n: 1,
      stop: ['a', 'b'],
      stream: true,
      stream_options: { include_usage: true },
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema, strict: true } },
      logit_bias: { 50256: -100 },
      metadata: { a: 'b' },
      reasoning_effort: 'low',
      modalities: ['text'],
      max_completion_tokens: 10,
      seed: 7,
    },
  ],
  ['responses', { input: 'Hi' }],
  [
    'responses',
    {
      input: [
        'Hi',
        { role: 'user', content: 'Hello' },
        {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: 'See' },
            { type: 'input_image', image_url: 'http://x/y.png', detail: 'auto' },
            { type: 'input_file', filename: 'a.txt', file_data: 'AA==' },
          ],
        },
        {
          type: 'message',
          id: 'msg_1',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Yes', annotations: [] }],
        },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 's' }] },
        { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_text', text: '18' }] },
        { type: 'custom_tool_call', call_id: 'c2', name: 'shell', input: 'ls' },
        { type: 'custom_tool_call_output', call_id: 'c2', output: 'a b' },
        { type: 'item_reference', id: 'msg_1' },
        { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'q' } },
      ],
    },
  ],
  [
    'responses',
    {
      model: 'm',
      input: [{ role: 'user', content: 'Hi' }],
      instructions: 'Be brief.',
      previous_response_id: null,
      conversation: { id: 'conv_1' },
      tools: [
        { type: 'function', name: 'f', description: 'd', parameters: schema, strict: false },
        { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'start: "a"' } },
        {
          type: 'namespace',
          name: 'n',
          description: 'd',
          tools: [{ type: 'function', name: 'g', parameters: schema }],
        },
        { type: 'mcp', server_label: 'l', server_url: 'http://x', require_approval: 'never', allowed_tools: ['a'] },
        { type: 'web_search', user_location: { type: 'approximate', city: 'Paris' } },
        { type: 'file_search', vector_store_ids: ['vs_1'] },
      ],
      tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
      text: { format: { type: 'json_schema', name: 'n', schema, strict: true }, verbosity: 'low' },
      reasoning: { effort: 'high', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
      truncation: 'auto',
      metadata: { a: 'b' },
      store: true,
      max_output_tokens: 100,
      temperature: 1,
      top_logprobs: 5,
      prompt: { id: 'p_1', variables: { a: 'b' } },
      context_management: [{ type: 'compaction', compact_threshold: 1000 }],
    },
  ],
];
