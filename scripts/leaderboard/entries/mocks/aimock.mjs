import { LLMock } from '@copilotkit/aimock';

const [port] = process.argv.slice(2);
const mock = new LLMock({ host: '127.0.0.1', port: Number(port), latency: 10, chunkSize: 8 });

const wasAnswered = ({ messages }) => messages.at(-1)?.role === 'tool';
const textOf = ({ content }) =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('\n');
const numbers = (last) => Array.from({ length: last }, (_, index) => index + 1).join('\n');

/** Applies the limit and the stop sequences of a request, and counts words as tokens. */
function toAnswer(request, content) {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? request.max_output_tokens ?? Infinity;
  const stops = [request.stop ?? []].flat().map((stop) => content.indexOf(stop));
  const whole = content.slice(0, Math.min(content.length, ...stops.filter((index) => index >= 0)));
  const words = whole.match(/\s*\S+/g) ?? [];
  const output = Math.min(words.length, limit);
  const input = JSON.stringify(request.messages).length;
  return {
    content: words.slice(0, output).join(''),
    finishReason: words.length > limit ? 'length' : 'stop',
    usage: { prompt_tokens: input, completion_tokens: output, input_tokens: input, output_tokens: output },
  };
}

mock.on({}, (request) => {
  const reply = reactTo(request);
  return typeof reply === 'string' ? toAnswer(request, reply) : reply;
});

function reactTo(request) {
  const { messages, tools = [], tool_choice } = request;
  const users = messages.filter(({ role }) => role === 'user').map(textOf);
  const message = users.at(-1) ?? '';
  if (wasAnswered(request)) return `The result is: ${textOf(messages.at(-1))}`;
  if (tools.length > 0 && tool_choice !== 'none') {
    const named = tool_choice?.function?.name ?? tool_choice?.name;
    const asked = /(?:function|tool) (\w+)/.exec(message)?.[1];
    const allowed = tool_choice?.allowed_tools?.tools ?? tool_choice?.tools ?? tools;
    const offered = allowed.map((tool) => tool.function?.name ?? tool.name);
    const name = named ?? offered.find((one) => one === asked) ?? (tool_choice === 'required' ? offered[0] : undefined);
    const args = message.match(/\{[^{}]*\}/g) ?? ['{"city":"Paris"}'];
    if (name) return { toolCalls: args.map((text) => ({ name, arguments: text })) };
  }
  const [, said] = /^Reply with exactly this text and nothing else: (.*)$/s.exec(message) ?? [];
  if (said) return said;
  if (/JSON/.test(message)) return '{"city":"Paris"}';
  const [, last] = /^Count from 1 to (\d+)/.exec(message) ?? [];
  if (last) return numbers(Number(last));
  const [, word] = /code word is (\S+?)\./.exec(users.slice(0, -1).join('\n')) ?? [];
  return /what is my code word/i.test(message) && word ? word : 'OK';
}

await mock.start();
