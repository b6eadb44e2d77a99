import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A model with OpenAI's chat API whose answers are written in the last user message, one directive a line. Each step of
 * an agent runs the next directive:
 *
 *     say TEXT               answers with this text, a word every 20 ms
 *     call NAME {"a": 1}     calls this tool
 *     slow MS                waits before the next directive
 *
 * After the last directive it says `done`.
 */
export interface ScriptedModel extends AsyncDisposable {
  /** The base URL of the API, with `/v1`. */
  url: string;
  /** The bodies of the chat requests so far. */
  requests: ModelRequest[];
}

export interface ModelRequest {
  messages: { role: string; content: unknown; tool_calls?: unknown }[];
  stream?: boolean;
  [field: string]: unknown;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
  const requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    answer(request, response, requests).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The scripted model has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, requests: ModelRequest[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  response.setHeader('content-type', 'application/json');
  if (request.method === 'GET') {
    const model = { id: 'scripted', object: 'model', created: 1, owned_by: 'test', context_length: 200_000 };
    response.end(JSON.stringify({ object: 'list', data: [model] }));
    return;
  }
  const body: ModelRequest = JSON.parse(Buffer.concat(chunks).toString());
  requests.push(body);
  const step = await toStep(body.messages);
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  const base = { id: 'chatcmpl-scripted', created: 1, model: 'scripted' };
  const finish = { index: 0, finish_reason: step.calls ? 'tool_calls' : 'stop' };
  if (body.stream !== true) {
    const message = { role: 'assistant', content: step.text, ...(step.calls ? { tool_calls: step.calls } : {}) };
    response.end(JSON.stringify({ ...base, object: 'chat.completion', choices: [{ ...finish, message }], usage }));
    return;
  }
  response.setHeader('content-type', 'text/event-stream');
  const send = (fields: object): void => {
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...fields })}\n\n`);
  };
  const sendDelta = (delta: object) => send({ choices: [{ index: 0, delta, finish_reason: null }] });
  sendDelta({ role: 'assistant', content: '' });
  for (const word of step.text.match(/\S+\s*/g) ?? []) {
    sendDelta({ content: word });
    await delay(20);
  }
  if (step.calls) sendDelta({ tool_calls: step.calls });
  send({ choices: [{ ...finish, delta: {} }] });
  send({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

interface Step {
  text: string;
  calls: object[] | undefined;
}

async function toStep(messages: ModelRequest['messages']): Promise<Step> {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const done = messages.slice(last + 1).filter(({ role }) => role === 'assistant').length;
  const lines = toText(messages[last]?.content)
    .split('\n')
    .map((line) => line.trim());
  const steps: { waitMs: number; line: string }[] = [];
  let waitMs = 0;
  for (const line of lines) {
    if (line.startsWith('slow ')) waitMs = Number(line.slice('slow '.length));
    if (!/^(say|call) /.test(line)) continue;
    steps.push({ waitMs, line });
    waitMs = 0;
  }
  const step = steps[done] ?? { waitMs: 0, line: 'say done' };
  await delay(step.waitMs);
  const [, word, rest = ''] = /^(say|call) (.*)$/.exec(step.line) ?? [];
  if (word === 'say') return { text: rest, calls: undefined };
  const [, name = '', text = '{}'] = /^(\S+) ?(.*)$/.exec(rest) ?? [];
  const call = { index: 0, id: `call_${last}_${done}`, type: 'function', function: { name, arguments: text } };
  return { text: '', calls: [call] };
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('\n');
}
