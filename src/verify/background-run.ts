import { setTimeout as delay } from 'node:timers/promises';
import { createResponse, leaveStream, streamResponse } from './create-response.ts';
import { expectOk } from './expect-status.ts';
import { Failure } from './outcomes.ts';
import { type ServerEvent, type StreamReply, toStreamReply } from './read-events.ts';
import { at, expectEqual, textAt } from './read-json.ts';
import type { Reply, Session } from './session.ts';
import { verifyLimits } from './verify-limits.ts';

/** Where what the audits of background runs ask for comes from. */
export const reference = 'OpenAI API reference: background mode';

export const isRunning = (response: unknown): boolean =>
  ['queued', 'in_progress'].includes(`${at(response, 'status')}`);

const isDelta = ({ type }: ServerEvent): boolean => type.endsWith('.delta');

const toFields = (input: string) => ({ background: true, store: true, input });

/** A run in the background, just begun. */
export async function beginRun(session: Session, input: string): Promise<unknown> {
  const { body } = await createResponse(session, toFields(input));
  expectEqual(body, 'background', true);
  return body;
}

/** The same of which only the id matters, and which is not waited for. */
export const beginEndless = async (session: Session): Promise<string> =>
  textAt(await beginRun(session, session.target.prompts.endless()), 'id');

/** A run as a stream, whose reader leaves when an event is enough. */
export async function beginAndLeave(
  session: Session,
  input: string,
  until: (event: ServerEvent) => boolean | Promise<boolean>,
): Promise<{ id: string; seen: ServerEvent[] }> {
  const fields = toFields(input);
  const seen = await leaveStream(session, fields, { until });
  // Nothing was streamed: the plain request says why.
  if (seen.length === 0) await createResponse(session, fields);
  return { id: textAt(seen[0]?.value, 'response.id'), seen };
}

/** Enough is when a few deltas have come. */
export function afterDeltas(count: number): (event: ServerEvent) => boolean {
  let deltas = 0;
  return (event) => isDelta(event) && ++deltas === count;
}

/** A run that goes on without its first reader, for the audits that read on. */
export const leftRun = (session: Session): Promise<{ id: string; seen: ServerEvent[] }> =>
  session.sample('left run', (own) => beginAndLeave(own, own.target.prompts.long(), afterDeltas(3)));

/** A run that was streamed to its end, for the audits that replay it. */
export const endedRun = (session: Session): Promise<{ id: string; stream: StreamReply }> =>
  session.sample('ended run', async (own) => {
    const stream = await streamResponse(own, toFields(own.target.prompts.count()));
    return { id: textAt(stream.events[0]?.value, 'response.id'), stream };
  });

export const retrieve = async (session: Session, id: string): Promise<Reply> =>
  expectOk(session, await session.send('GET', `/responses/${id}`));

export const sendCancel = (session: Session, id: string): Promise<Reply> =>
  session.send('POST', `/responses/${id}/cancel`);

/** Looks until the run has ended. */
export async function waitForEnd(session: Session, id: string): Promise<unknown> {
  const deadline = Date.now() + session.target.timeoutMs;
  while (Date.now() < deadline) {
    const { body } = await retrieve(session, id);
    if (!isRunning(body)) return body;
    await delay(verifyLimits.pollMs);
  }
  throw new Failure(`the run has not ended within ${session.target.timeoutMs / 1000} s`);
}

export const sendReplay = (session: Session, id: string, query = ''): Promise<Reply> =>
  session.send('GET', `/responses/${id}?stream=true${query}`);

/** The events of a stored run, to its end. */
export const replay = async (session: Session, id: string, query = ''): Promise<StreamReply> =>
  toStreamReply(await expectOk(session, await sendReplay(session, id, query)));

/** The deltas, put together. */
export const joinDeltas = (events: readonly ServerEvent[]): string =>
  events.map(({ value }) => at(value, 'delta') ?? '').join('');
