import { setTimeout as delay } from 'node:timers/promises';
import { createResponse, leaveStream, streamResponse } from './create-response.ts';
import { expectOk } from './expect-status.ts';
import { Failure, Unsupported } from './outcomes.ts';
import { type ServerEvent, type StreamReply, toStreamReply } from './read-events.ts';
import { at, expectEqual, textAt } from './read-json.ts';
import type { Reply, Session } from './session.ts';
import { verifyLimits } from './verify-limits.ts';

/** The source of the background-run audits. */
export const reference = 'OpenAI API reference: background mode';

export const isRunning = (response: unknown): boolean =>
  ['queued', 'in_progress'].includes(`${at(response, 'status')}`);

const isDelta = ({ type }: ServerEvent): boolean => type.endsWith('.delta');

const toFields = (input: string) => ({ background: true, store: true, input });

/** Asks for a background run. Returns the response. */
export const askForRun = async (session: Session, input: string): Promise<unknown> =>
  (await createResponse(session, toFields(input))).body;

/** Starts a background run. Returns the response. */
export async function beginRun(session: Session, input: string): Promise<unknown> {
  const response = await askForRun(session, input);
  expectBackground(response);
  return response;
}

/**
 * Throws Unsupported when the server doesn't support `background`. One audit, `resume.background`, blames it for that.
 */
function expectBackground(response: unknown): void {
  if (at(response, 'background') == null && !isRunning(response))
    throw new Unsupported('the server answers in the foreground: see resume.background');
  expectEqual(response, 'background', true);
}

/** Starts a background run that outlasts the audit. Returns its id. */
export const beginEndless = async (session: Session): Promise<string> =>
  textAt(await beginRun(session, session.target.prompts.endless()), 'id');

/** Starts a streamed background run and disconnects once `until` accepts an event. */
export async function beginAndLeave(
  session: Session,
  input: string,
  until: (event: ServerEvent) => boolean | Promise<boolean>,
): Promise<{ id: string; seen: ServerEvent[] }> {
  const fields = toFields(input);
  const seen = await leaveStream(session, fields, { until });
  // Nothing was streamed. The non-streamed request reports why.
  if (seen.length === 0) await createResponse(session, fields);
  expectStreamed(seen);
  return { id: textAt(seen[0]?.value, 'response.id'), seen };
}

/** The first event of any stream has a running response, so only `background` shows whether the server supports it. */
function expectStreamed([first]: readonly ServerEvent[]): void {
  const response = at(first?.value, 'response');
  if (response !== undefined && at(response, 'background') == null)
    throw new Unsupported('the server streams in the foreground: see resume.background');
}

/** Returns a predicate that accepts the `count`th delta. */
export function afterDeltas(count: number): (event: ServerEvent) => boolean {
  let deltas = 0;
  return (event) => isDelta(event) && ++deltas === count;
}

/** A detached run, for the audits that resume reading. */
export const leftRun = (session: Session): Promise<{ id: string; seen: ServerEvent[] }> =>
  session.sample('left run', (own) => beginAndLeave(own, own.target.prompts.long(), afterDeltas(3)));

/** A run streamed to its end, for the audits that replay it. */
export const endedRun = (session: Session): Promise<{ id: string; stream: StreamReply }> =>
  session.sample('ended run', async (own) => {
    const stream = await streamResponse(own, toFields(own.target.prompts.count()));
    expectStreamed(stream.events);
    return { id: textAt(stream.events[0]?.value, 'response.id'), stream };
  });

export const retrieve = async (session: Session, id: string): Promise<Reply> =>
  expectOk(session, await session.send('GET', `/responses/${id}`));

export const sendCancel = (session: Session, id: string): Promise<Reply> =>
  session.send('POST', `/responses/${id}/cancel`);

/** Polls until the run has ended. Returns the response. */
export async function waitForEnd(session: Session, id: string): Promise<unknown> {
  const deadline = Date.now() + session.target.timeoutMs;
  while (Date.now() < deadline) {
    const { body } = await retrieve(session, id);
    if (!isRunning(body)) return body;
    await delay(verifyLimits.pollMs);
  }
  throw new Failure(`the run did not end within ${session.target.timeoutMs / 1000} s`);
}

export const sendReplay = (session: Session, id: string, query = ''): Promise<Reply> =>
  session.send('GET', `/responses/${id}?stream=true${query}`);

/** Reads the events of a stored run to their end. */
export const replay = async (session: Session, id: string, query = ''): Promise<StreamReply> =>
  toStreamReply(await expectOk(session, await sendReplay(session, id, query)));

/** Concatenates the deltas. */
export const joinDeltas = (events: readonly ServerEvent[]): string =>
  events.map(({ value }) => at(value, 'delta') ?? '').join('');
