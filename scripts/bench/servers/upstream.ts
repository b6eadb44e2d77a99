/**
 * An upstream with minimal cost: bare `node:http`, with chat answers built at start. See chat-text.ts for their text.
 * It also serves responses, for servers that only pass them on.
 */
import type { ServerResponse } from 'node:http';
import { toChainToken, toTokens, type UpstreamModel, upstreamModels } from './chat-text.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';
import { replyWithJson } from './reply-with-json.ts';
import { ResponseEvents, toResource } from './response-events.ts';

/** Delay between two tokens: long enough that the server reads each separately, and ten tokens per second. */
const tokenMs = { paced: 5, slow: 100 };

const head = { id: 'chatcmpl-bench', created: 1_700_000_000, model: 'bench' };
const usage = (tokens: number) => ({ prompt_tokens: 10, completion_tokens: tokens, total_tokens: tokens + 10 });
const chatAnswers = new Map(upstreamModels.map((model) => [model, toChatAnswer(toTokens(model))] as const));
let responses = 0;

interface Answer {
  json: string;
  /** Server-sent events. */
  events: Buffer[];
  joined: Buffer;
}

interface UpstreamRequest {
  model: UpstreamModel;
  messages?: object[];
  /** Of a Responses request. */
  input?: object[];
  stream?: boolean;
}

listen((request, response) => {
  readJson<UpstreamRequest>(request, (body) => {
    const { model, stream } = body;
    const answer = toAnswer(request.url, body);
    if (!answer) return response.writeHead(404).end();
    if (!stream) return replyWithJson(response, answer.json);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (model === 'paced' || model === 'slow') return pace(response, answer.events, tokenMs[model]);
    if (model === 'burst') return response.end(answer.joined);
    return writeApart(response, answer.events);
  });
});

/** Returns `undefined` for another model: a probe. */
function toAnswer(path: string | undefined, { model, messages, input }: UpstreamRequest): Answer | undefined {
  const prepared = chatAnswers.get(model);
  const first = model === 'chain' ? toChainToken((messages ?? input ?? []).length) : undefined;
  if (prepared && path === '/v1/responses') return toResponsesAnswer(toTokens(model, first));
  return first === undefined ? prepared : toChatAnswer(toTokens(model, first));
}

/** Writes each event in its own turn of the event loop. */
function writeApart(response: ServerResponse, events: Buffer[], next = 0): void {
  if (next === events.length) return void response.end();
  response.write(events[next]);
  setImmediate(writeApart, response, events, next + 1);
}

function pace(response: ServerResponse, events: Buffer[], delayMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(events[sent++]);
    if (sent < events.length) return;
    clearInterval(timer);
    response.end();
  }, delayMs);
  response.once('close', () => clearInterval(timer));
}

function toChatAnswer(tokens: readonly string[]): Answer {
  const message = { role: 'assistant', content: tokens.join('') };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
  const events = [
    toEvent({ role: 'assistant', content: '' }),
    ...tokens.map((content) => toEvent({ content })),
    toEvent({}, 'stop'),
    toSse({ ...head, object: 'chat.completion.chunk', choices: [], usage: usage(tokens.length) }),
    Buffer.from('data: [DONE]\n\n'),
  ];
  return {
    json: JSON.stringify({ ...head, object: 'chat.completion', choices, usage: usage(tokens.length) }),
    events,
    joined: Buffer.concat(events),
  };
}

function toResponsesAnswer(tokens: readonly string[]): Answer {
  const text = tokens.join('');
  // Servers store responses by these ids.
  const responseHead = { id: `resp_${++responses}`, model: head.model };
  const resource = toResource(responseHead, 'completed', { text, usage: usage(tokens.length) });
  const writer = new ResponseEvents(responseHead);
  const texts = [writer.open(), ...tokens.map((token) => writer.delta(token)), writer.close(text, resource)];
  const events = [...texts, 'data: [DONE]\n\n'].map((event) => Buffer.from(event));
  return { json: JSON.stringify(resource), events, joined: Buffer.concat(events) };
}

function toEvent(delta: object, finishReason: string | null = null): Buffer {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return toSse({ ...head, object: 'chat.completion.chunk', choices });
}

function toSse(chunk: object): Buffer {
  return Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
}
