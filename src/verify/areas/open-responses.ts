import type { Area } from '../audit.ts';
import { expectOk } from '../expect-status.ts';
import { withEvent } from '../read-events.ts';
import { plainResponse, textStream } from '../samples.ts';

const clause = 'Open Responses N29';

/** The requirements of Open Responses beyond OpenAI's contract. */
export const openResponses: Area = {
  name: 'open-responses',
  title: 'Further fields of Open Responses',
  audits: [
    {
      id: 'open-responses.response',
      title: 'sends every further field of a response, nulls included',
      level: 'MUST',
      contract: 'open-responses',
      clause: `${clause}, the response resource`,
      async run(session) {
        session.check.further('createResponse', (await plainResponse(session)).body);
      },
    },
    {
      id: 'open-responses.events',
      title: 'sends every further field of the events of a stream',
      level: 'MUST',
      contract: 'open-responses',
      clause: `${clause}, the streaming events`,
      async run(session) {
        for (const event of (await textStream(session)).events) {
          if (!session.check.eventTypes.has(event.type)) continue;
          withEvent(event, () => session.check.further('createResponse', event.value, 'text/event-stream'));
        }
      },
    },
    {
      id: 'open-responses.compaction',
      title: 'sends every further field of a compaction',
      level: 'MUST',
      contract: 'open-responses',
      clause: `${clause}, the compaction resource`,
      async run(session) {
        const body = { model: session.target.model, input: [{ role: 'user', content: 'My name is Ada.' }] };
        const reply = await expectOk(session, await session.send('POST', '/responses/compact', { body }));
        session.check.further('compactResponse', reply.body);
      },
    },
  ],
};
