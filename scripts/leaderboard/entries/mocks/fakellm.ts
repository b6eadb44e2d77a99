import type { Entry } from '../../entry.ts';

export const fakellm: Entry = {
  name: 'fakellm',
  title: 'fakellm',
  kind: 'mock',
  registry: 'PyPI',
  packages: ['fakellm==0.3.5'],
  files: {
    'fakellm.yaml': `version: 1
defaults:
  fallback: deterministic_echo
rules:
  - name: answered
    when: {previous_message_role: tool}
    respond: {content: "The result is: 18 degrees and sunny."}
  - name: call
    when: {tools_include: get_weather, messages_contain: "call the function get_weather"}
    respond: {tool_calls: [{name: get_weather, arguments: {city: Paris}}]}
  - name: json
    when: {messages_contain: "JSON object"}
    respond: {content: '{"city": "Paris"}'}
  - name: text
    respond: {content: "OK. This is a mocked answer of a few words."}
`,
  },
  command: ['fakellm', 'serve', '--host', '127.0.0.1', '--port', '{port}', '--config', 'fakellm.yaml'],
  ready: '/_fakellm/stats',
  model: 'gpt-4',
  notes: ['Its rules see the text of the messages and the names of the tools, not `tool_choice`.'],
};
