import type { Audit } from '../audit.ts';
import { endedRun, joinDeltas, leftRun, reference, replay, sendReplay } from '../background-run.ts';
import { createResponse, outputText } from '../create-response.ts';
import { expectEnvelope, expectOk, expectRefusal } from '../expect-status.ts';
import { expectSameEvents, terminalOf, toStreamReply } from '../read-events.ts';
import { at, expectEqual, expectSame, expectThat, numberAt, textAt } from '../read-json.ts';

/** Audits that read the events of a run from another connection, or after it ended. */
export const replayAudits: readonly Audit[] = [
  {
    id: 'resume.pick-up',
    title: 'resumes a stream with the missed and the remaining events',
    level: 'MUST',
    clause: `${reference}, starting_after`,
    async run(session) {
      const { id, seen } = await leftRun(session);
      const last = numberAt(seen.at(-1)?.value, 'sequence_number');
      const { events } = await replay(session, id, `&starting_after=${last}`);
      for (const [index, { value }] of events.entries()) expectEqual(value, 'sequence_number', last + 1 + index);
      const final = terminalOf(events);
      expectThat(final.type === 'response.completed', `the run ended with ${final.type}`);
      const isWhole = outputText(at(final.value, 'response')) === joinDeltas([...seen, ...events]);
      expectThat(isWhole, 'the deltas before and after the break do not concatenate to the output');
    },
  },
  {
    id: 'resume.readers',
    title: 'sends the same events to several concurrent readers',
    level: 'MUST',
    clause: `${reference}; RFC 9110, 9.2.1: a GET is safe, so it takes nothing from another`,
    async run(session) {
      const { id, seen } = await leftRun(session);
      const all = await Promise.all([1, 2, 3].map(() => replay(session, id)));
      const [{ events = [] } = {}, ...others] = all;
      expectSameEvents(events.slice(0, seen.length), seen, 'a later reader gets other events than the first');
      for (const other of others) expectSameEvents(other.events, events, 'two readers get different events');
    },
  },
  {
    id: 'resume.replay',
    title: 'replays a stored run from its first event',
    level: 'MUST',
    clause: `${reference}; openai's stream({response_id}) asks without a cursor`,
    async run(session) {
      const { id, stream } = await endedRun(session);
      const again = await replay(session, id);
      expectSameEvents(again.events, stream.events, 'the events are not those of the first stream');
    },
  },
  {
    id: 'resume.starting-after',
    title: 'streams the events after starting_after with the same numbers and content',
    level: 'MUST',
    clause: `${reference}, starting_after`,
    async run(session) {
      const { id, stream } = await endedRun(session);
      const rest = await replay(session, id, '&starting_after=4');
      expectSameEvents(rest.events, stream.events.slice(5), 'the events are not those after number 4');
      expectThat(
        rest.ending.join() === stream.ending.join(),
        `the stream ends with ${rest.ending.join() || 'no [DONE]'}`,
      );
    },
  },
  {
    id: 'resume.nothing-left',
    title: 'ends immediately for a reader that already has the last event',
    level: 'SHOULD',
    clause: `${reference}, starting_after: a connection may break just before it is closed`,
    async run(session) {
      const { id, stream } = await endedRun(session);
      const last = numberAt(stream.events.at(-1)?.value, 'sequence_number');
      const reply = await sendReplay(session, id, `&starting_after=${last}`);
      if (reply.status !== 200) return expectEnvelope(session, await expectRefusal(session, reply, [400, 410]));
      expectThat(!reply.text.includes('"sequence_number"'), 'it repeats events that the reader already has');
    },
  },
  {
    id: 'resume.bad-cursor',
    title: 'refuses a starting_after that is not a number',
    level: 'SHOULD',
    clause: 'OpenAI API reference: error codes',
    async run(session) {
      const { id } = await endedRun(session);
      const reply = await sendReplay(session, id, '&starting_after=soon');
      expectEnvelope(session, await expectRefusal(session, reply, [400, 422]));
    },
  },
  {
    id: 'resume.plain',
    title: 'streams a stored response that was created without stream, or refuses to',
    level: 'SHOULD',
    clause: 'OpenAI API reference: get a model response, stream',
    async run(session) {
      const made = await createResponse(session, { input: session.target.prompts.say('Keep this.'), store: true });
      const reply = await sendReplay(session, textAt(made.body, 'id'));
      if (reply.status !== 200) {
        return expectEnvelope(session, await expectRefusal(session, reply, [400, 409, 410]));
      }
      const response = at(terminalOf(toStreamReply(await expectOk(session, reply)).events).value, 'response');
      expectEqual(response, 'id', at(made.body, 'id'));
      expectSame(response, 'output', at(made.body, 'output'));
    },
  },
];
