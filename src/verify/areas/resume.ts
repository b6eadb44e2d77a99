import type { Area } from '../audit.ts';
import {
  afterDeltas,
  askForRun,
  beginAndLeave,
  beginEndless,
  beginRun,
  endedRun,
  isRunning,
  joinDeltas,
  reference,
  retrieve,
  waitForEnd,
} from '../background-run.ts';
import { outputText, responseFields } from '../create-response.ts';
import { expectEnvelope, expectGone, expectRefusal } from '../expect-status.ts';
import { Inconclusive } from '../outcomes.ts';
import { terminalOf } from '../read-events.ts';
import { at, expectEqual, expectThat, textAt } from '../read-json.ts';
import { cancelAudits } from './resume-cancel.ts';
import { replayAudits } from './resume-replay.ts';

export const resume: Area = {
  name: 'resume',
  title: 'Background runs, resuming and cancelling',
  audits: [
    {
      id: 'resume.background',
      title: 'answers a background request immediately, queued or in progress',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const body = await askForRun(session, session.target.prompts.endless());
        expectThat(isRunning(body), `the status is ${at(body, 'status')}`, 'status');
        session.check.body('createResponse', body);
      },
    },
    {
      id: 'resume.poll',
      title: 'completes a background run with its output',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const body = await beginRun(session, session.target.prompts.say('Done.'));
        const ended = await waitForEnd(session, textAt(body, 'id'));
        expectEqual(ended, 'status', 'completed');
        expectThat(outputText(ended) !== '', 'the output has no text', 'output');
      },
    },
    {
      id: 'resume.not-stored',
      title: 'refuses background with store: false',
      level: 'SHOULD',
      clause: `${reference}: it requires store; such a run could not be retrieved`,
      async run(session) {
        const input = session.target.prompts.say('Hi.');
        const body = responseFields(session, { input, background: true, store: false });
        const reply = await session.send('POST', '/responses', { body });
        expectEnvelope(session, await expectRefusal(session, reply, [400]));
      },
    },
    {
      id: 'resume.stream',
      title: 'streams a background run like any other',
      level: 'MUST',
      clause: `${reference}, streaming`,
      async run(session) {
        const { events } = (await endedRun(session)).stream;
        for (const [index, event] of events.entries()) expectEqual(event.value, 'sequence_number', index);
        expectThat(terminalOf(events) === events.at(-1), 'the terminal event is not the last');
        expectEqual(events[0]?.value, 'response.background', true);
      },
    },
    {
      id: 'resume.progress',
      title: 'retrieves a run while it is in progress',
      level: 'MUST',
      clause: 'OpenAI API reference: get a model response',
      async run(session) {
        const { body } = await retrieve(session, await beginEndless(session));
        session.check.body('getResponse', body);
        if (!isRunning(body)) throw new Inconclusive('the run had already ended');
      },
    },
    {
      id: 'resume.survives',
      title: 'completes a background run after its only reader disconnects',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const { id, seen } = await beginAndLeave(session, session.target.prompts.long(), afterDeltas(3));
        const ended = await waitForEnd(session, id);
        expectEqual(ended, 'status', 'completed');
        const text = outputText(ended);
        expectThat(text.startsWith(joinDeltas(seen)), 'the output does not start with the streamed text', 'output');
      },
    },
    ...replayAudits,
    {
      id: 'resume.running-parent',
      title: 'refuses to continue a response that is still running, or waits for it',
      level: 'SHOULD',
      clause: 'OpenAI API reference: previous_response_id; an unfinished response cannot be continued',
      async run(session) {
        const id = await beginEndless(session);
        const body = responseFields(session, {
          input: session.target.prompts.say('Hi.'),
          previous_response_id: id,
        });
        const reply = await session.send('POST', '/responses', { body });
        if (reply.status !== 200) {
          return expectEnvelope(session, await expectRefusal(session, reply, [400, 404, 409]));
        }
        const parent = await retrieve(session, id);
        // A server may also wait for the run to end.
        expectThat(!isRunning(parent.body), 'it was continued while still running', 'status');
      },
    },
    {
      id: 'resume.delete-running',
      title: 'deletes a run in progress and then answers 404, or refuses to',
      level: 'MUST',
      clause: 'OpenAI API reference: delete a model response',
      async run(session) {
        const id = await beginEndless(session);
        const reply = await session.send('DELETE', `/responses/${id}`);
        if (reply.status === 200) return expectGone(await session.send('GET', `/responses/${id}`));
        expectEnvelope(session, await expectRefusal(session, reply, [400, 409]));
        await retrieve(session, id);
      },
    },
    {
      id: 'resume.delete-stream',
      title: 'ends the stream of a deleted run',
      level: 'SHOULD',
      clause: `${reference}: a stream always ends; a deleted run costs nothing more`,
      async run(session) {
        let status = 0;
        const { seen } = await beginAndLeave(session, session.target.prompts.endless(), async ({ value }) => {
          const id = at(value, 'response.id');
          if (status === 0) status = (await session.send('DELETE', `/responses/${id}`)).status;
          return status !== 200;
        });
        if (status !== 200) throw new Inconclusive(`deleting a run in progress is answered with ${status}`);
        const isWhole = seen.some(({ type }) => type === 'response.completed');
        expectThat(!isWhole, 'the run ran to its end');
      },
    },
    ...cancelAudits,
  ],
};
