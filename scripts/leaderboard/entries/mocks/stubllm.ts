import type { Entry } from '../../entry.ts';

export const stubllm: Entry = {
  name: 'stubllm',
  title: 'stubllm',
  kind: 'mock',
  registry: 'PyPI',
  packages: ['stubllm==0.1.5'],
  files: {
    'fixtures.yaml': `fixtures:
  - name: call
    match:
      provider: openai
      messages: [{role: user, content: {contains: "Call the function get_weather"}}]
      tools_present: true
    response:
      tool_calls:
        - {id: call_1, type: function, function: {name: get_weather, arguments: '{"city": "Paris"}'}}
  - name: json
    match:
      provider: openai
      messages: [{role: user, content: {contains: "JSON object"}}]
    response: {content: '{"city": "Paris"}'}
  - name: text
    match:
      provider: openai
    response:
      content: "OK. This is a mocked answer of a few words."
      stream_chunk_delay_ms: 10
`,
  },
  command: ['stubllm', 'serve', '--host', '127.0.0.1', '--port', '{port}', '--fixture-file', 'fixtures.yaml'],
  ready: '/health',
  model: 'gpt-4o',
  notes: ['Its fixtures see the last message and whether there are tools, not `tool_choice`.'],
};
