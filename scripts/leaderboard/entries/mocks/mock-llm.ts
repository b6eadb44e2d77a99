import type { Entry } from '../../entry.ts';

/** Written in its template language: the body is the user's, and only streams are the program's. */
const completion = (message: string, finish: string): string => `{
  "id": "chatcmpl-{{timestamp}}",
  "object": "chat.completion",
  "created": 1764460800,
  "model": "{{jmes request body.model}}",
  "choices": [{"index": 0, "message": ${message}, "logprobs": null, "finish_reason": "${finish}"}],
  "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}
}`;

const text = completion('{"role": "assistant", "content": "OK. This is a mocked answer.", "refusal": null}', 'stop');
const call = completion(
  `{"role": "assistant", "content": null, "refusal": null, "tool_calls": [{"id": "call_1", "type": "function",
    "function": {"name": "{{jmes request body.tools[0].function.name}}", "arguments": "{\\"city\\":\\"Paris\\"}"}}]}`,
  'tool_calls',
);

const json = completion('{"role": "assistant", "content": "{\\"city\\":\\"Paris\\"}", "refusal": null}', 'stop');

const refuse = (message: string): string => `{
  "error": {"message": "${message}", "type": "invalid_request_error", "param": "messages", "code": null}
}`;

const rules = {
  streaming: { chunkSize: 8, chunkIntervalMs: 20 },
  rules: [
    { path: '^/v1/chat/completions$', method: 'POST', match: '@', response: { status: 200, content: text } },
    {
      path: '^/v1/chat/completions$',
      method: 'POST',
      match: "body.tools && !body.stream && body.tool_choice != 'none' && body.messages[-1].role != 'tool'",
      response: { status: 200, content: call },
    },
    {
      path: '^/v1/chat/completions$',
      method: 'POST',
      match: "body.response_format.type == 'json_object'",
      response: { status: 200, content: json },
    },
    {
      path: '^/v1/chat/completions$',
      method: 'POST',
      match: "type(body.messages) != 'array'",
      response: { status: 400, content: refuse("'messages' must be a list.") },
    },
    {
      path: '^/v1/chat/completions$',
      method: 'POST',
      match:
        "length(body.messages[?!contains(['system', 'developer', 'user', 'assistant', 'tool'], role)] || `[]`) > `0`",
      response: { status: 400, content: refuse('A role is unknown.') },
    },
    {
      path: '^/v1/models$',
      method: 'GET',
      response: {
        status: 200,
        content:
          '{"object": "list", "data": [{"id": "gpt-5.2", "object": "model", "created": 1, "owned_by": "openai"}]}',
      },
    },
    {
      path: '^/v1/models/gpt-5.2$',
      method: 'GET',
      response: { status: 200, content: '{"id": "gpt-5.2", "object": "model", "created": 1, "owned_by": "openai"}' },
    },
  ],
};

export const mockLlm: Entry = {
  name: 'mock-llm',
  title: 'mock-llm',
  kind: 'mock',
  registry: 'npm',
  packages: ['@dwmkerr/mock-llm@0.1.29'],
  // JSON is YAML.
  files: { 'mock-llm.yaml': JSON.stringify(rules, null, 2) },
  command: ['mock-llm', '--config', 'mock-llm.yaml'],
  env: { HOST: '127.0.0.1', PORT: '{port}' },
  ready: '/health',
  model: 'gpt-5.2',
  notes: [
    'Bodies are templates that the user writes, so its plain answers and refusals are as good as the templates.',
    'It streams text only, so a call is answered only without `stream`. It claims chat completions only.',
  ],
};
