import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type Reply, send } from '../http/send.ts';

/** Ids of one thing each, all of one owner; or of nothing at all. */
export interface Estate {
  response: string;
  /** What the client gave for the response, and what the agent said. */
  inputItem: string;
  outputItem: string;
  conversation: string;
  conversationItem: string;
  completion: string;
  /** The name of an agent. */
  agent: string;
}

export interface Call {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
}

/** A tenant at the server. */
export interface Party {
  agent: string;
  key: string;
  call(call: Call): Promise<Reply>;
}

export function toParty(url: string, { agent, key }: Pick<Party, 'agent' | 'key'>): Party {
  const headers = { authorization: `Bearer ${key}` };
  return { agent, key, call: ({ path, ...options }) => send(url + path, { ...options, headers }) };
}

/** Makes one of each thing that can be named. */
export async function createEstate({ agent, call }: Party): Promise<Estate> {
  const response = await make(call, '/v1/responses', { input: '/say A secret of mine.', metadata: { secret: 'mine' } });
  const items = await read(call, `/v1/responses/${response.id}/input_items`);
  const conversation = await make(call, '/v1/conversations', {
    items: [{ type: 'message', role: 'user', content: 'A secret of mine.' }],
    metadata: { secret: 'mine' },
  });
  const kept = await read(call, `/v1/conversations/${conversation.id}/items`);
  const messages = [{ role: 'user', content: '/say A secret of mine.' }];
  const completion = await make(call, '/v1/chat/completions', { messages, store: true, metadata: { secret: 'mine' } });
  return {
    response: response.id,
    inputItem: items.data[0].id,
    outputItem: response.output[0].id,
    conversation: conversation.id,
    conversationItem: kept.data[0].id,
    completion: completion.id,
    agent,
  };
}

/** Ids of the same form that name nothing. */
export function inventEstate(): Estate {
  const hex = () => randomBytes(16).toString('hex');
  return {
    response: `resp_${hex()}`,
    inputItem: `msg_${hex()}`,
    outputItem: `msg_${hex()}`,
    conversation: `conv_${hex()}`,
    conversationItem: `msg_${hex()}`,
    completion: `chatcmpl-${hex()}`,
    agent: 'nobody',
  };
}

/** Everything that its owner can see of it, to find out whether anyone has touched it. */
export async function photograph({ call }: Party, estate: Estate): Promise<string[]> {
  const paths = [
    `/v1/responses/${estate.response}`,
    `/v1/responses/${estate.response}/input_items`,
    `/v1/conversations/${estate.conversation}`,
    `/v1/conversations/${estate.conversation}/items`,
    `/v1/chat/completions/${estate.completion}`,
    `/v1/chat/completions/${estate.completion}/messages`,
  ];
  const replies = await Promise.all(paths.map((path) => call({ path })));
  for (const { status, text } of replies) assert.equal(status, 200, text);
  return replies.map(({ text }) => text);
}

/** What a reply tells of an estate, with the names of the things in place of their ids. */
export function withoutIds({ status, headers, text }: Pick<Reply, 'status' | 'headers' | 'text'>, estate: Estate) {
  const { 'x-request-id': _id, date: _date, ...rest } = headers;
  const names = Object.entries(estate).reduce((found, [name, id]) => found.replaceAll(id, `<${name}>`), text);
  // An agent's name may be shorter or longer than another's.
  return { status, headers: { ...rest, 'content-length': undefined }, text: names };
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into the JSON it expects to have been sent
type Json = any;

async function make(call: Party['call'], path: string, body: unknown): Promise<Json> {
  return toJson(await call({ method: 'POST', path, body }));
}

async function read(call: Party['call'], path: string): Promise<Json> {
  return toJson(await call({ path }));
}

function toJson({ status, json, text }: Reply): Json {
  assert.equal(status, 200, text);
  return json;
}
