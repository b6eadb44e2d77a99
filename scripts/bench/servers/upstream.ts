/**
 * An upstream with minimal cost: bare `node:http`, with answers built at start. See chat-text.ts for their text. It serves
 * Chat Completions, and responses for servers that only pass them on.
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
const formats = { '/v1/chat/completions': toChatAnswer, '/v1/responses': toResponsesAnswer };
const answers = Object.entries(formats).map(([path, toAnswer]) => {
  const byModel = upstreamModels.map((model) => [model, toAnswer(toTokens(model))] as const);
  return [path, { toAnswer, byModel: new Map(byModel) }] as const;
});
const answersByPath = new Map<string | undefined, (typeof answers)[number][1]>(answers);

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
  readJson<UpstreamRequest>(request, ({ model, messages, input, stream }) => {
    const format = answersByPath.get(request.url);
    const received = (messages ?? input)?.length ?? 0;
    const answer =
      model === 'chain' ? format?.toAnswer(toTokens(model, toChainToken(received))) : format?.byModel.get(model);
    if (!answer) return response.writeHead(404).end();
    if (!stream) return replyWithJson(response, answer.json);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (model === 'paced' || model === 'slow') return pace(response, answer.events, tokenMs[model]);
    if (model === 'burst') return response.end(answer.joined);
    return writeApart(response, answer.events);
  });
});

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
  const responseHead = { id: 'resp_bench', model: head.model };
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
