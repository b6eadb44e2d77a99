import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import type { Area } from '../audit.ts';
import { createResponse, leaveStream, outputText, responseFields } from '../create-response.ts';
import { expectEnvelope, expectOk, expectRefusal } from '../expect-status.ts';
import { Failure, Inconclusive } from '../outcomes.ts';
import { type ServerEvent, terminalOf, toStreamReply } from '../read-events.ts';
import { at, expectEqual, expectThat, numberAt, textAt } from '../read-json.ts';
import type { Session } from '../session.ts';

const reference = 'OpenAI API reference: background mode';

const get = async (session: Session, id: string, query = '') =>
  expectOk(session, await session.send('GET', `/responses/${id}${query}`));

const isRunning = (response: unknown) => ['queued', 'in_progress'].includes(`${at(response, 'status')}`);

/** A run in the background, just begun. */
async function begin(session: Session, input: string): Promise<unknown> {
  const { body } = await createResponse(session, { background: true, store: true, input });
  expectEqual(body, 'background', true);
  return body;
}

/** Looks until the run has ended. */
async function waitFor(session: Session, id: string): Promise<unknown> {
  const deadline = Date.now() + session.target.timeoutMs;
  while (Date.now() < deadline) {
    const { body } = await get(session, id);
    if (!isRunning(body)) return body;
    await delay(limits.verifyPollMs);
  }
  throw new Failure(`the run has not ended within ${session.target.timeoutMs / 1000} s`);
}

/** A streamed run in the background whose reader has left after a few deltas. */
async function beginAndLeave(session: Session, input: string): Promise<{ id: string; seen: ServerEvent[] }> {
  let deltas = 0;
  const fields = { background: true, store: true, input };
  const seen = await leaveStream(session, fields, ({ type }) => type.endsWith('.delta') && ++deltas === 3);
  // Nothing was streamed: the plain request says why.
  if (seen.length === 0) await createResponse(session, fields);
  return { id: textAt(seen[0]?.value, 'response.id'), seen };
}

/** A finished run with all of its events, once for the audits that replay it. */
const replayed = (session: Session) =>
  session.sample('background stream', async (own) => {
    const body = responseFields(own, {
      background: true,
      store: true,
      stream: true,
      input: own.target.prompts.count(),
    });
    const stream = toStreamReply(await expectOk(own, await own.send('POST', '/responses', { body })));
    const id = textAt(stream.events[0]?.value, 'response.id');
    own.leave(`/responses/${id}`);
    return { id, stream };
  });

const replay = async (session: Session, id: string, query: string) =>
  toStreamReply(await get(session, id, `?stream=true${query}`));

const dataOf = (events: readonly ServerEvent[]) => events.map(({ data }) => data).join('\n');

export const resume: Area = {
  name: 'resume',
  title: 'Background runs, resuming and cancelling',
  audits: [
    {
      id: 'resume.background',
      title: 'answers a request for the background at once, queued or in progress',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const body = await begin(session, session.target.prompts.long());
        session.check.body('createResponse', body);
        expectThat(isRunning(body), `the status is ${at(body, 'status')}`, 'status');
      },
    },
    {
      id: 'resume.poll',
      title: 'ends a run in the background, with its output',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const body = await begin(session, session.target.prompts.say('Done.'));
        const ended = await waitFor(session, textAt(body, 'id'));
        expectEqual(ended, 'status', 'completed');
        expectThat(outputText(ended) !== '', 'the output has no text', 'output');
      },
    },
    {
      id: 'resume.stream',
      title: 'streams a run in the background like any other',
      level: 'MUST',
      clause: `${reference}, streaming`,
      async run(session) {
        const { events } = (await replayed(session)).stream;
        for (const [index, event] of events.entries()) expectEqual(event.value, 'sequence_number', index);
        expectThat(terminalOf(events) === events.at(-1), 'the terminal event is not the last');
        expectEqual(events[0]?.value, 'response.background', true);
      },
    },
    {
      id: 'resume.replay',
      title: 'streams a stored run again from its first event',
      level: 'MUST',
      clause: `${reference}; openai's stream({response_id}) asks without a cursor`,
      async run(session) {
        const { id, stream } = await replayed(session);
        const again = await replay(session, id, '');
        expectThat(dataOf(again.events) === dataOf(stream.events), 'the events are not those of the first stream');
      },
    },
    {
      id: 'resume.starting-after',
      title: 'streams what comes after starting_after, with the same numbers and bytes',
      level: 'MUST',
      clause: `${reference}, starting_after`,
      async run(session) {
        const { id, stream } = await replayed(session);
        const rest = await replay(session, id, '&starting_after=4');
        expectThat(dataOf(rest.events) === dataOf(stream.events.slice(5)), 'the events are not those after number 4');
        expectThat(rest.ending.join() === '[DONE]', `the stream ends with ${rest.ending.join() || 'no [DONE]'}`);
      },
    },
    {
      id: 'resume.survives',
      title: 'goes on when the reader of a stream leaves, and can be read to its end',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const { id, seen } = await beginAndLeave(session, session.target.prompts.long());
        const last = numberAt(seen.at(-1)?.value, 'sequence_number');
        const rest = await replay(session, id, `&starting_after=${last}`);
        expectEqual(rest.events[0]?.value, 'sequence_number', last + 1);
        const final = terminalOf(rest.events);
        expectThat(final.type === 'response.completed', `the run ended with ${final.type}`);
        const text = [...seen, ...rest.events].map(({ value }) => at(value, 'delta') ?? '').join('');
        expectThat(
          outputText(at(final.value, 'response')) === text,
          'the deltas before and after do not add up to the output',
        );
      },
    },
    {
      id: 'resume.progress',
      title: 'gives a run back while it is in progress',
      level: 'MUST',
      clause: 'OpenAI API reference: get a model response',
      async run(session) {
        const begun = await begin(session, session.target.prompts.long());
        const { body } = await get(session, textAt(begun, 'id'));
        session.check.body('getResponse', body);
        if (!isRunning(body)) throw new Inconclusive('the run was over already');
      },
    },
    {
      id: 'resume.cancel',
      title: 'cancels a run, which stays cancelled',
      level: 'MUST',
      clause: 'OpenAI API reference: cancel a response',
      async run(session) {
        const id = textAt(await begin(session, session.target.prompts.long()), 'id');
        const cancelled = await expectOk(session, await session.send('POST', `/responses/${id}/cancel`));
        session.check.body('cancelResponse', cancelled.body);
        if (at(cancelled.body, 'status') === 'completed') throw new Inconclusive('the run was over already');
        expectEqual(cancelled.body, 'status', 'cancelled');
        expectEqual((await get(session, id)).body, 'status', 'cancelled');
      },
    },
    {
      id: 'resume.cancel-twice',
      title: 'takes a second cancel for the first',
      level: 'MUST',
      clause: 'OpenAI API reference: cancelling twice is idempotent',
      async run(session) {
        const id = textAt(await begin(session, session.target.prompts.long()), 'id');
        const first = await expectOk(session, await session.send('POST', `/responses/${id}/cancel`));
        const second = await expectOk(session, await session.send('POST', `/responses/${id}/cancel`));
        expectEqual(second.body, 'status', at(first.body, 'status'));
      },
    },
    {
      id: 'resume.cancel-stream',
      title: 'ends the stream of a run that is cancelled',
      level: 'MUST',
      clause: `${reference}: a stream always ends`,
      async run(session) {
        const { id, seen } = await beginAndLeave(session, session.target.prompts.long());
        expectThat(seen.length > 0, 'the stream has no events');
        const [read, cancelled] = await Promise.all([
          session.send('GET', `/responses/${id}?stream=true`),
          session.send('POST', `/responses/${id}/cancel`),
        ]);
        await expectOk(session, cancelled);
        const { events, ending } = toStreamReply(await expectOk(session, read));
        const last = events.at(-1)?.value;
        expectThat(
          at(last, 'response') !== undefined && !isRunning(at(last, 'response')),
          'the last event ends nothing',
        );
        expectThat(ending.join() === '[DONE]', 'the stream does not end with [DONE]');
      },
    },
    {
      id: 'resume.cancel-foreground',
      title: 'refuses to cancel a response that was not made in the background',
      level: 'SHOULD',
      clause: 'OpenAI API reference: only background responses can be cancelled',
      async run(session) {
        const { body } = await createResponse(session, { input: session.target.prompts.say('Hi.'), store: true });
        const reply = await session.send('POST', `/responses/${textAt(body, 'id')}/cancel`);
        // One that has ended may as well be given back as it is.
        if (reply.status === 200) return expectEqual(reply.body, 'status', 'completed');
        expectThat(reply.status === 400, `the status is ${reply.status}, neither 400 nor 200`);
      },
    },
    {
      id: 'resume.cancel-unknown',
      title: 'answers 404 to cancelling a response that does not exist',
      level: 'MUST',
      clause: 'OpenAI API reference: error codes',
      async run(session) {
        const reply = await session.send('POST', `/responses/resp_${'0'.repeat(32)}/cancel`);
        expectEnvelope(session, await expectRefusal(session, reply, [404]));
      },
    },
  ],
};
