import type { Hooks, PassedRequest } from './broken-server.ts';
import { type PassedReply, toError, toJson } from './passed-reply.ts';

/** One way to be wrong. Made anew for each server: it may remember what it has seen. */
export interface Breakage {
  /** What the broken server does, for the documentation. */
  does: string;
  hooks(): Hooks;
}

export type Breakages = Record<string, Breakage>;

// biome-ignore lint/suspicious/noExplicitAny: a breakage changes the JSON that it knows is there
type Json = any;

export const chatPost = /^POST \/chat\/completions$/;
export const responsePost = /^POST \/responses$/;

export const fits = (match: RegExp, { method, path }: PassedRequest) => match.test(`${method} ${path}`);
const isStream = ({ headers }: PassedReply) => `${headers['content-type']}`.startsWith('text/event-stream');

/** Changes the replies that fit. */
export const answer = (
  does: string,
  match: RegExp,
  change: (reply: PassedReply, request: PassedRequest) => void,
): Breakage => ({
  does,
  hooks: () => ({ answers: (request) => fits(match, request), answer: change }),
});

/** Changes the JSON of replies, streams excepted. */
export const json = (does: string, match: RegExp, change: (body: Json, request: PassedRequest) => void): Breakage =>
  answer(does, match, (reply, request) => {
    if (isStream(reply) || reply.text === '') return;
    const body = JSON.parse(reply.text);
    change(body, request);
    reply.text = JSON.stringify(body);
  });

/** Changes the blocks of streams: each is what stands between two empty lines. */
export const blocks = (does: string, match: RegExp, change: (blocks: string[]) => string[]): Breakage =>
  answer(does, match, (reply) => {
    if (!isStream(reply)) return;
    const all = reply.text.split('\n\n').filter((block) => block !== '');
    reply.text = change(all)
      .map((block) => `${block}\n\n`)
      .join('');
  });

/** Changes the events of streams. One that becomes `undefined` is left out. */
export const events = (does: string, match: RegExp, change: (event: Json, index: number) => Json): Breakage =>
  blocks(does, match, (all) =>
    all.flatMap((block, index) => {
      const data = /^data: (\{.*)$/m.exec(block)?.[1];
      if (data === undefined) return [block];
      const changed = change(JSON.parse(data), index);
      if (changed === undefined) return [];
      const name = /^event: /m.test(block) ? `event: ${changed.type}\n` : '';
      return [`${name}data: ${JSON.stringify(changed)}`];
    }),
  );

/** Changes the events of one type. */
export const eventsOf = (does: string, type: string, change: (event: Json) => void): Breakage =>
  events(does, responsePost, (event) => {
    if (event.type === type) change(event);
    return event;
  });

/** Leaves out the events of one type. */
export const without = (type: string): Breakage =>
  events(`leaves out ${type}`, responsePost, (event) => (event.type === type ? undefined : event));

export const header = (does: string, match: RegExp, name: string, value?: string): Breakage =>
  answer(does, match, ({ headers }) => {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  });

/** Refuses the requests that fit with 400. */
export const refuse = (
  does: string,
  match: RegExp,
  when: (body: Json, request: PassedRequest) => boolean = () => true,
): Breakage =>
  ask(does, match, (request) =>
    when(request.body, request) ? toJson(400, toError('This server does not take that.')) : undefined,
  );

/** Answers in place of the sound server, or changes the request. */
export const ask = (
  does: string,
  match: RegExp,
  change: (request: PassedRequest) => PassedReply | 'hang' | undefined,
): Breakage => ({ does, hooks: () => ({ ask: (request) => (fits(match, request) ? change(request) : undefined) }) });

/** Answers refused requests as if they had been taken. */
export const accept = (does: string, match: RegExp, body: unknown = {}): Breakage =>
  answer(does, match, (reply) => {
    if (reply.status >= 400) Object.assign(reply, toJson(200, body));
  });

/** Gives another status, with an envelope. */
export const status = (does: string, match: RegExp, code: number): Breakage =>
  answer(does, match, (reply) => Object.assign(reply, toJson(code, toError('Broken.'))));

/** Says that it has done what it hasn't. */
export const pretend = (does: string, match: RegExp, body: (request: PassedRequest) => unknown): Breakage =>
  ask(does, match, (request) => toJson(200, body(request)));

/** Takes a field out of requests, so that the sound server never sees it. */
export const ignore = (does: string, match: RegExp, ...fields: string[]): Breakage =>
  ask(does, match, (request) => {
    for (const field of fields) delete request.body?.[field];
    return undefined;
  });

/** Doesn't answer. */
export const hang = (does: string, match: RegExp, when: (request: PassedRequest) => boolean = () => true): Breakage =>
  ask(does, match, (request) => (when(request) ? 'hang' : undefined));
