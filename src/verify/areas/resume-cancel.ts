import type { Audit } from '../audit.ts';
import {
  afterDeltas,
  beginAndLeave,
  beginEndless,
  beginRun,
  isRunning,
  reference,
  retrieve,
  sendCancel,
  sendReplay,
  waitForEnd,
} from '../background-run.ts';
import { createResponse } from '../create-response.ts';
import { expectEnvelope, expectOk, expectRefusal } from '../expect-status.ts';
import { Inconclusive } from '../outcomes.ts';
import { toStreamReply } from '../read-events.ts';
import { at, expectEqual, expectThat, textAt } from '../read-json.ts';
import { unknownId } from '../samples.ts';

export const cancelAudits: readonly Audit[] = [
  {
    id: 'resume.cancel',
    title: 'cancels a run, which stays cancelled',
    level: 'MUST',
    clause: 'OpenAI API reference: cancel a response',
    async run(session) {
      const id = await beginEndless(session);
      const cancelled = await expectOk(session, await sendCancel(session, id));
      session.check.body('cancelResponse', cancelled.body);
      if (at(cancelled.body, 'status') === 'completed') throw new Inconclusive('the run had already ended');
      expectEqual(cancelled.body, 'status', 'cancelled');
      expectEqual((await retrieve(session, id)).body, 'status', 'cancelled');
    },
  },
  {
    id: 'resume.cancel-twice',
    title: 'treats a second cancel as a no-op',
    level: 'MUST',
    clause: 'OpenAI API reference: cancelling twice is idempotent',
    async run(session) {
      const id = await beginEndless(session);
      const first = await expectOk(session, await sendCancel(session, id));
      const second = await expectOk(session, await sendCancel(session, id));
      expectEqual(second.body, 'status', at(first.body, 'status'));
    },
  },
  {
    id: 'resume.cancel-stream',
    title: 'ends the stream of a cancelled run',
    level: 'MUST',
    // No public contract specifies the event.
    clause: `${reference}: a stream always ends`,
    async run(session) {
      const { id } = await beginAndLeave(session, session.target.prompts.endless(), afterDeltas(3));
      const [read, cancelled] = await Promise.all([sendReplay(session, id), sendCancel(session, id)]);
      await expectOk(session, cancelled);
      const { events } = toStreamReply(await expectOk(session, read));
      const response = at(events.at(-1)?.value, 'response');
      expectThat(response !== undefined && !isRunning(response), 'the last event is not terminal');
    },
  },
  {
    id: 'resume.cancel-ended',
    title: 'leaves an ended run unchanged when it is cancelled',
    level: 'MUST',
    clause: 'OpenAI API reference: cancel a response; an ended run does not change',
    async run(session) {
      const id = textAt(await beginRun(session, session.target.prompts.say('Done.')), 'id');
      expectEqual(await waitForEnd(session, id), 'status', 'completed');
      const reply = await sendCancel(session, id);
      if (reply.status === 200) expectEqual(reply.body, 'status', 'completed');
      else expectEnvelope(session, await expectRefusal(session, reply, [400, 409]));
      expectEqual((await retrieve(session, id)).body, 'status', 'completed');
    },
  },
  {
    id: 'resume.cancel-foreground',
    title: 'refuses to cancel a response that is not a background response',
    level: 'SHOULD',
    clause: 'OpenAI API reference: only background responses can be cancelled',
    async run(session) {
      const { body } = await createResponse(session, { input: session.target.prompts.say('Hi.'), store: true });
      const reply = await sendCancel(session, textAt(body, 'id'));
      // A server may also return an ended run unchanged.
      if (reply.status === 200) return expectEqual(reply.body, 'status', 'completed');
      expectThat(reply.status === 400, `the status is ${reply.status}, neither 400 nor 200`);
    },
  },
  {
    id: 'resume.cancel-unknown',
    title: 'answers 404 when cancelling a response that does not exist',
    level: 'MUST',
    clause: 'OpenAI API reference: error codes',
    async run(session) {
      const reply = await sendCancel(session, unknownId);
      expectEnvelope(session, await expectRefusal(session, reply, [404]));
    },
  },
];
