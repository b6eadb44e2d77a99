/**
 * A Responses upstream on a real socket, for tests of agents that speak that API. Each request gets the reply that a
 * function returns, or the next one of a list, the last one again and again.
 */
import type { ServerResponse } from 'node:http';
import { startUpstream, type Upstream, type UpstreamRequest } from './upstream.ts';

type Fields = Record<string, unknown>;

export type ResponsesReply =
  /** Events in order, without sequence numbers. `done`: `[DONE]` follows. `plain`: no `event:` lines. */
  { events: readonly Fields[]; done?: boolean; plain?: boolean } | { json: Fields } | { status: number; error: Fields };

export interface ResponsesUpstream extends AsyncDisposable {
  /** The base of its API. */
  url: string;
  /** The bodies that it received. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the JSON that they expect to have been sent
  readonly bodies: any[];
  upstream: Upstream;
}

export async function startResponsesUpstream(
  replies: readonly ResponsesReply[] | ((body: UpstreamRequest['body']) => ResponsesReply),
): Promise<ResponsesUpstream> {
  let count = 0;
  const upstream = await startUpstream({
    answer: (request, response) => {
      if (request.path !== '/v1/responses') return false;
      const reply =
        typeof replies === 'function' ? replies(request.body) : replies[Math.min(count, replies.length - 1)];
      count += 1;
      if (reply) send(response, reply);
      request.finished = true;
      return true;
    },
  });
  return {
    url: upstream.url,
    upstream,
    get bodies() {
      return upstream.requests.filter(({ path }) => path === '/v1/responses').map(({ body }) => body);
    },
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  };
}

function send(response: ServerResponse, reply: ResponsesReply): void {
  if ('error' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { type: 'invalid_request_error', param: null, code: null, ...reply.error } }));
  } else if ('json' in reply) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply.json));
  } else {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const [index, event] of reply.events.entries()) {
      const name = reply.plain ? '' : `event: ${event['type']}\n`;
      response.write(`${name}data: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`);
    }
    response.end(reply.done ? 'data: [DONE]\n\n' : '');
  }
}

/** The events of a response with these items, as OpenAI sends them. `events` has the events of an item between its ends. */
export function toEvents(
  items: readonly { item: Fields; added?: Fields; events?: readonly Fields[] }[],
  { response = {} }: { response?: Fields } = {},
): Fields[] {
  const head = { id: 'resp_up', object: 'response', status: 'in_progress', output: [] };
  const status = response['status'] ?? 'completed';
  const output = items.map(({ item }) => item);
  return [
    { type: 'response.created', response: head },
    { type: 'response.in_progress', response: head },
    ...items.flatMap(({ item, added, events = [] }, index) => [
      { type: 'response.output_item.added', output_index: index, item: added ?? { ...item, status: 'in_progress' } },
      ...events.map((event) => ({ item_id: item['id'], output_index: index, ...event })),
      { type: 'response.output_item.done', output_index: index, item },
    ]),
    { type: `response.${status}`, response: { ...head, status: 'completed', output, usage, ...response } },
  ];
}

const usage = {
  input_tokens: 11,
  input_tokens_details: { cached_tokens: 3 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 18,
};

/** A message with its events. */
export function toMessage(text: string, fields: Fields = {}) {
  const part = { type: 'output_text', text, annotations: [] };
  const item = { type: 'message', id: 'msg_up', status: 'completed', role: 'assistant', content: [part], ...fields };
  return {
    item,
    added: { ...item, status: 'in_progress', content: [] },
    events: [
      { type: 'response.content_part.added', content_index: 0, part: { ...part, text: '' } },
      ...(text.match(/\s*\S+/g) ?? []).map((delta) => ({
        type: 'response.output_text.delta',
        content_index: 0,
        delta,
      })),
      { type: 'response.output_text.done', content_index: 0, text },
      { type: 'response.content_part.done', content_index: 0, part },
    ],
  };
}
