import { expectOk } from './expect-status.ts';
import { Inconclusive } from './outcomes.ts';
import { readEvents, type ServerEvent, type StreamReply, toStreamReply } from './read-events.ts';
import { at, listAt, ofType, textAt } from './read-json.ts';
import type { Reply, SendOptions, Session } from './session.ts';

/** Builds a response request. Not stored unless `fields` sets `store`. */
export function responseFields(session: Session, fields: object): object {
  return { model: session.target.model, store: false, ...fields };
}

/** Creates a response. Throws unless the status is 200. */
export async function createResponse(session: Session, fields: object, options: SendOptions = {}): Promise<Reply> {
  const reply = await session.send('POST', '/responses', { body: responseFields(session, fields), ...options });
  keepTrack(session, reply.body);
  return expectOk(session, reply);
}

/** Creates it as a stream and reads the stream to its end. */
export async function streamResponse(
  session: Session,
  fields: object,
  options: SendOptions = {},
): Promise<StreamReply> {
  const body = responseFields(session, { stream: true, ...fields });
  const reply = await expectOk(session, await session.send('POST', '/responses', { body, ...options }));
  const stream = toStreamReply(reply);
  for (const { value } of stream.events.slice(0, 1)) keepTrack(session, at(value, 'response'));
  return stream;
}

interface LeaveOptions {
  /** Whether to disconnect after this event. */
  until(event: ServerEvent): boolean | Promise<boolean>;
  headers?: Record<string, string>;
}

/** Reads a stream until `until` accepts an event, then disconnects. Returns no events when nothing was streamed. */
export async function leaveStream(
  session: Session,
  fields: object,
  { until, headers = {} }: LeaveOptions,
): Promise<ServerEvent[]> {
  const body = responseFields(session, { stream: true, ...fields });
  const open = await session.open('POST', '/responses', { body, headers });
  const events: ServerEvent[] = [];
  if (open.status !== 200) return [];
  for await (const event of readEvents(open.chunks)) {
    events.push(event);
    if (await until(event)) break;
  }
  open.close();
  keepTrack(session, at(events[0]?.value, 'response'));
  return events;
}

function keepTrack(session: Session, response: unknown): void {
  const id = at(response, 'id');
  if (typeof id === 'string' && at(response, 'store') !== false) session.leave(`/responses/${id}`);
}

/** Concatenates all output text of a response. */
export function outputText(response: unknown): string {
  const messages = ofType(listAt(response, 'output'), 'message');
  const parts = messages.flatMap((message) => ofType(listAt(message, 'content'), 'output_text'));
  return parts.map((part) => textAt(part, 'text')).join('');
}

/** Returns the function calls of a response. Throws Inconclusive for fewer than `atLeast`. */
export function functionCalls(response: unknown, atLeast = 1): unknown[] {
  const calls = ofType(listAt(response, 'output'), 'function_call');
  if (calls.length < atLeast) throw new Inconclusive(`the model made ${calls.length} calls instead of ${atLeast}`);
  return calls;
}
