import type { Entry } from '../../entry.ts';

export const mockllm: Entry = {
  name: 'mockllm',
  title: 'mockllm',
  kind: 'mock',
  registry: 'PyPI',
  packages: ['mockllm==0.0.8'],
  files: {
    'responses.yml': `responses:
  'Give me a JSON object with one field, "city", whose value is "Paris".': '{"city": "Paris"}'
defaults:
  unknown_response: "OK. This is a mocked answer of a few words."
settings:
  lag_enabled: true
  lag_factor: 20
`,
  },
  command: ['mockllm', 'start', '--responses', 'responses.yml', '--host', '127.0.0.1', '--port', '{port}'],
  ready: '/models',
  model: 'gpt-4',
  notes: [
    'It answers whole messages from a table, and any other with one default text. It has no tool calls, and claims chat completions only.',
  ],
};
