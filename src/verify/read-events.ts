import { isDeepStrictEqual } from 'node:util';
import { tryParseJson } from '../json/try-parse-json.ts';
import { createSseDecoder } from '../sse/decode-sse.ts';
import { errorIn, isBusyError, toBusy } from './busy.ts';
import { Failure } from './outcomes.ts';
import { at, expectThat } from './read-json.ts';
import type { Reply } from './session.ts';
import { verifyLimits } from './verify-limits.ts';

export interface ServerEvent {
  /** The `event:` field. */
  name: string | undefined;
  data: string;
  /** The parsed data; `undefined` when it is not JSON, as `[DONE]` is not. */
  value: unknown;
  /** The event's own `type`, or ''. */
  type: string;
}

export interface StreamReply extends Reply {
  /** The events before `[DONE]`. */
  events: ServerEvent[];
  /** The data after the last event. `[DONE]` alone is correct. */
  ending: string[];
}

export const terminalTypes: readonly string[] = ['response.completed', 'response.incomplete', 'response.failed'];

/** Parses a stream that was read to its end. */
export function toStreamReply(reply: Reply): StreamReply {
  const all: ServerEvent[] = [];
  const decoder = createDecoder((event) => all.push(event));
  decoder.feed(Buffer.from(reply.text));
  decoder.end();
  const done = all.findIndex(({ data }) => data === '[DONE]');
  const end = done === -1 ? all.length : done;
  const events = all.slice(0, end);
  expectThat(events.length > 0, 'the reply to stream: true has no events');
  if (events.some(({ value }) => isBusyError(errorIn(value)))) throw toBusy('reports a rate limit', reply.headers);
  return { ...reply, events, ending: all.slice(end).map(({ data }) => data) };
}

/** Yields the events of an open stream as they arrive, `[DONE]` included. */
export async function* readEvents(chunks: AsyncIterable<Buffer>): AsyncGenerator<ServerEvent> {
  const pending: ServerEvent[] = [];
  const decoder = createDecoder((event) => pending.push(event));
  for await (const chunk of chunks) {
    decoder.feed(chunk);
    yield* pending.splice(0);
  }
  decoder.end();
  yield* pending.splice(0);
}

function createDecoder(onEvent: (event: ServerEvent) => void) {
  return createSseDecoder({
    maxEventBytes: verifyLimits.replyBytes,
    onEvent: (data, name) => onEvent(toEvent(data, name)),
  });
}

export function toEvent(data: string, name?: string): ServerEvent {
  const value = tryParseJson(data);
  const type = at(value, 'type');
  return { name, data, value, type: typeof type === 'string' ? type : '' };
}

export function eventsOf(events: readonly ServerEvent[], type: string): ServerEvent[] {
  return events.filter((event) => event.type === type);
}

/** Returns the first event of a type. Throws a Failure when there is none. */
export function eventOf(events: readonly ServerEvent[], type: string): ServerEvent {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Failure(`the stream has no ${type}`);
  return found;
}

/** Returns the terminal event. Throws a Failure when there is none. */
export function terminalOf(events: readonly ServerEvent[]): ServerEvent {
  const found = events.findLast(({ type }) => terminalTypes.includes(type));
  if (!found) throw new Failure(`the stream has no terminal event; its last is ${events.at(-1)?.type}`);
  return found;
}

/** Throws a Failure unless both lists hold the same events. Ignores `obfuscation`, which may differ. */
export function expectSameEvents(events: readonly ServerEvent[], expected: readonly ServerEvent[], message: string) {
  const found = events.map(withoutPadding);
  const wanted = expected.map(withoutPadding);
  const index = wanted.findIndex((value, number) => !isDeepStrictEqual(value, found[number]));
  if (index === -1 && found.length === wanted.length) return;
  const excerpt = events[index === -1 ? wanted.length : index]?.data;
  throw new Failure(message, excerpt === undefined ? {} : { excerpt });
}

function withoutPadding({ value, data }: ServerEvent): unknown {
  if (typeof value !== 'object' || value === null) return data;
  return { ...value, obfuscation: undefined };
}

/** Expects these event types to occur, each after the one before it. */
export function expectOrder(types: readonly string[], steps: readonly string[]): void {
  const places = steps.map((type) => types.indexOf(type));
  for (const [index, place] of places.entries()) {
    expectThat(place !== -1, `the stream has no ${steps[index]}`);
    expectThat(index === 0 || place > (places[index - 1] ?? 0), `${steps[index]} comes before ${steps[index - 1]}`);
  }
}

/** Adds the event to a Failure about it. */
export function withEvent<T>(event: ServerEvent, look: () => T): T {
  try {
    return look();
  } catch (reason) {
    if (!(reason instanceof Failure)) throw reason;
    const name = event.type || 'an event';
    throw new Failure(`${name}: ${reason.message}`, {
      ...(reason.path === undefined ? {} : { path: reason.path }),
      excerpt: event.data,
      violations: reason.violations.map(({ path, message }) => ({ path, message: `${name}: ${message}` })),
    });
  }
}
