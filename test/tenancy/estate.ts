import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type Reply, send } from '../http/send.ts';

/** Ids of one object of each kind, all with the same owner; or ids of no object. */
export interface Estate {
  response: string;
  /** Items of the response: one sent by the client, one produced by the agent. */
  inputItem: string;
  outputItem: string;
  conversation: string;
  conversationItem: string;
  completion: string;
  /** The name of an agent. */
  agent: string;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
}

/** A tenant of the server. */
export interface Party {
  agent: string;
  key: string;
  call(call: Call): Promise<Reply>;
}

export function toParty(url: string, { agent, key }: Pick<Party, 'agent' | 'key'>): Party {
  const headers = { authorization: `Bearer ${key}` };
  return { agent, key, call: ({ path, ...options }) => send(url + path, { ...options, headers }) };
}

/** Creates one object of each kind. */
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

/** Ids of the same form without objects. */
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

/** Reads everything that the owner can see, to detect changes. */
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

/** Returns a reply with the ids of an estate replaced by their names. */
export function withoutIds({ status, headers, text }: Pick<Reply, 'status' | 'headers' | 'text'>, estate: Estate) {
  const { 'x-request-id': _id, date: _date, ...rest } = headers;
  const names = Object.entries(estate).reduce((found, [name, id]) => found.replaceAll(id, `<${name}>`), text);
  // Names of agents differ in length.
  return { status, headers: { ...rest, 'content-length': undefined }, text: names };
}

// biome-ignore lint/suspicious/noExplicitAny: tests inspect the JSON that they expect
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
