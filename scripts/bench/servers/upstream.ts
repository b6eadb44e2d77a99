/**
 * A Chat Completions upstream with minimal cost: bare `node:http`, with all answers built at start. See chat-text.ts for
 * their text.
 */
import type { ServerResponse } from 'node:http';
import { toTokens, type UpstreamModel, upstreamModels } from './chat-text.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';

/** Delay between two tokens of a paced answer, long enough that the server reads each separately. */
const tokenMs = 4;

const head = { id: 'chatcmpl-bench', created: 1_700_000_000, model: 'bench' };
const usage = (tokens: number) => ({ prompt_tokens: 10, completion_tokens: tokens, total_tokens: tokens + 10 });
const answers = new Map(upstreamModels.map((model) => [model, toAnswer(model)] as const));

interface Answer {
  json: Buffer;
  /** Server-sent events. */
  events: Buffer[];
  joined: Buffer;
}

function toAnswer(model: UpstreamModel): Answer {
  const tokens = toTokens(model);
  const message = { role: 'assistant', content: tokens.join('') };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
  const events = [
    toEvent({ role: 'assistant', content: '' }),
    ...tokens.map((content) => toEvent({ content })),
    toEvent({}, 'stop'),
    toSse({ ...head, object: 'chat.completion.chunk', choices: [], usage: usage(tokens.length) }),
    Buffer.from('data: [DONE]\n\n'),
  ];
  const completion = { ...head, object: 'chat.completion', choices, usage: usage(tokens.length) };
  return { json: Buffer.from(JSON.stringify(completion)), events, joined: Buffer.concat(events) };
}

function toEvent(delta: object, finishReason: string | null = null): Buffer {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return toSse({ ...head, object: 'chat.completion.chunk', choices });
}

function toSse(chunk: object): Buffer {
  return Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
}

function pace(response: ServerResponse, events: Buffer[]): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(events[sent++]);
    if (sent < events.length) return;
    clearInterval(timer);
    response.end();
  }, tokenMs);
  response.once('close', () => clearInterval(timer));
}

listen((request, response) => {
  // At its start, a server asks what the agent is.
  if (request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  readJson<{ model: UpstreamModel; stream?: boolean }>(request, ({ model, stream }) => {
    const answer = answers.get(model);
    if (!answer) return response.writeHead(404).end();
    if (!stream) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.json.length });
      return response.end(answer.json);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (model === 'paced') return pace(response, answer.events);
    response.write(answer.joined);
    return response.end();
  });
});
