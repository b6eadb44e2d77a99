import { randomUUID } from 'node:crypto';
import type { Area } from '../audit.ts';
import { createResponse } from '../create-response.ts';
import { expectEqual, expectThat, textAt } from '../read-json.ts';
import type { Reply, Session } from '../session.ts';

const clause = "draft-ietf-httpapi-idempotency-key-header; OpenAI's SDKs can send the header";

/** The same request under the same key, twice. */
const twice = (session: Session) =>
  session.sample('idempotent twice', async (own): Promise<[Reply, Reply]> => {
    const headers = { 'idempotency-key': randomUUID() };
    const fields = { input: own.target.prompts.say('Once.'), store: true };
    return [await createResponse(own, fields, { headers }), await createResponse(own, fields, { headers })];
  });

export const idempotency: Area = {
  name: 'idempotency',
  title: 'Idempotency-Key',
  audits: [
    {
      id: 'idempotency.same',
      title: 'answers the same request under the same key with the same response',
      level: 'SHOULD',
      clause,
      async run(session) {
        const [first, second] = await twice(session);
        expectEqual(second.body, 'id', textAt(first.body, 'id'));
      },
    },
    {
      id: 'idempotency.told',
      title: 'says that a response was given before, in Idempotency-Replayed: true',
      level: 'SHOULD',
      clause: 'Talaria; Stripe has the same header',
      async run(session) {
        const [first, second] = await twice(session);
        expectThat(first.headers['idempotency-replayed'] === undefined, 'the first reply has the header');
        expectThat(second.headers['idempotency-replayed'] === 'true', 'the second reply has not got the header');
      },
    },
    {
      id: 'idempotency.other-body',
      title: 'refuses another request under the same key with 409 or 422',
      level: 'SHOULD',
      clause,
      async run(session) {
        const headers = { 'idempotency-key': randomUUID() };
        await createResponse(session, { input: session.target.prompts.say('One.'), store: true }, { headers });
        const body = { model: session.target.model, input: session.target.prompts.say('Two.') };
        const { status } = await session.send('POST', '/responses', { body, headers });
        expectThat(status === 409 || status === 422, `the status is ${status}, neither 409 nor 422`);
      },
    },
  ],
};
