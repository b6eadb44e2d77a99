import type { Hooks, PassedRequest } from './broken-server.ts';
import { type PassedReply, toError, toJson } from './passed-reply.ts';

/** One breakage. Created per server, since it may keep state. */
export interface Breakage {
  /** Describes the broken server, for the documentation. */
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

/** Changes matching replies. */
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

/** Changes the blocks of streams: the text between two empty lines. */
export const blocks = (does: string, match: RegExp, change: (blocks: string[]) => string[]): Breakage =>
  answer(does, match, (reply) => {
    if (!isStream(reply)) return;
    const all = reply.text.split('\n\n').filter((block) => block !== '');
    reply.text = change(all)
      .map((block) => `${block}\n\n`)
      .join('');
  });

/** Changes the events of streams. `undefined` drops an event. */
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

/** Drops the events of one type. */
export const without = (type: string): Breakage =>
  events(`omits ${type}`, responsePost, (event) => (event.type === type ? undefined : event));

export const header = (does: string, match: RegExp, name: string, value?: string): Breakage =>
  answer(does, match, ({ headers }) => {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  });

/** Refuses matching requests with 400. */
export const refuse = (
  does: string,
  match: RegExp,
  when: (body: Json, request: PassedRequest) => boolean = () => true,
): Breakage =>
  ask(does, match, (request) =>
    when(request.body, request) ? toJson(400, toError('This server does not take that.')) : undefined,
  );

/** Answers in place of the conforming server, or changes the request. */
export const ask = (
  does: string,
  match: RegExp,
  change: (request: PassedRequest) => PassedReply | 'hang' | undefined,
): Breakage => ({ does, hooks: () => ({ ask: (request) => (fits(match, request) ? change(request) : undefined) }) });

/** Answers refused requests as if they had been accepted. */
export const accept = (does: string, match: RegExp, body: unknown = {}): Breakage =>
  answer(does, match, (reply) => {
    if (reply.status >= 400) Object.assign(reply, toJson(200, body));
  });

/** Answers with another status and an error envelope. */
export const status = (does: string, match: RegExp, code: number): Breakage =>
  answer(does, match, (reply) => Object.assign(reply, toJson(code, toError('Broken.'))));

/** Reports success without doing anything. */
export const pretend = (does: string, match: RegExp, body: (request: PassedRequest) => unknown): Breakage =>
  ask(does, match, (request) => toJson(200, body(request)));

/** Drops a field from requests before the conforming server sees it. */
export const ignore = (does: string, match: RegExp, ...fields: string[]): Breakage =>
  ask(does, match, (request) => {
    for (const field of fields) delete request.body?.[field];
    return undefined;
  });

/** Never answers. */
export const hang = (does: string, match: RegExp, when: (request: PassedRequest) => boolean = () => true): Breakage =>
  ask(does, match, (request) => (when(request) ? 'hang' : undefined));
