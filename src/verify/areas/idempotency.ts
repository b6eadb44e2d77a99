import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Area } from '../audit.ts';
import { afterDeltas } from '../background-run.ts';
import { createChat, user } from '../create-chat.ts';
import { createResponse, leaveStream, responseFields, streamResponse } from '../create-response.ts';
import { expectOk } from '../expect-status.ts';
import { expectSameEvents, terminalOf, toStreamReply } from '../read-events.ts';
import { at, expectEqual, expectThat, textAt } from '../read-json.ts';
import type { Reply, SendOptions, Session } from '../session.ts';
import { verifyLimits } from '../verify-limits.ts';

const clause = "draft-ietf-httpapi-idempotency-key-header; OpenAI's SDKs can send the header";

const newKey = () => ({ 'idempotency-key': randomUUID() });

/** Sends the same request twice under one key. */
const twice = (session: Session) =>
  session.sample('idempotent twice', async (own): Promise<[Reply, Reply]> => {
    const headers = newKey();
    const fields = { input: own.target.prompts.say('Once.'), store: true };
    return [await createResponse(own, fields, { headers }), await createResponse(own, fields, { headers })];
  });

/** Repeats a request until it is no longer refused because the first one is still running. */
async function sendAgain(session: Session, options: SendOptions): Promise<Reply> {
  const deadline = Date.now() + session.target.timeoutMs;
  for (;;) {
    const reply = await session.send('POST', '/responses', options);
    if (reply.status !== 409 || Date.now() >= deadline) return expectOk(session, reply);
    await delay(verifyLimits.pollMs);
  }
}

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
      title: 'marks a replayed response with Idempotency-Replayed: true',
      level: 'SHOULD',
      clause: 'Talaria; Stripe has the same header',
      async run(session) {
        const [first, second] = await twice(session);
        expectThat(first.headers['idempotency-replayed'] === undefined, 'the first reply has the header');
        expectThat(second.headers['idempotency-replayed'] === 'true', 'the second reply lacks the header');
      },
    },
    {
      id: 'idempotency.stream',
      title: 'answers the same stream request under the same key with the same events',
      level: 'SHOULD',
      clause,
      async run(session) {
        const headers = newKey();
        const fields = { input: session.target.prompts.count(), store: true };
        const first = await streamResponse(session, fields, { headers });
        const second = await streamResponse(session, fields, { headers });
        expectSameEvents(second.events, first.events, 'the events are not those of the first stream');
      },
    },
    {
      id: 'idempotency.at-once',
      title: 'runs two concurrent requests with one key once: the second waits or gets 409',
      level: 'SHOULD',
      clause,
      async run(session) {
        const headers = newKey();
        const body = responseFields(session, { input: session.target.prompts.count(), store: true });
        const send = () => session.send('POST', '/responses', { body, headers });
        const [one, other] = await Promise.all([send(), send()]);
        for (const reply of [one, other]) if (reply.status !== 409) await expectOk(session, reply);
        const ids = [one, other].map((reply) => at(reply.body, 'id')).filter((id) => typeof id === 'string');
        for (const id of ids) session.leave(`/responses/${id}`);
        expectThat(new Set(ids).size === 1, `there are ${new Set(ids).size} responses, not one`, 'id');
      },
    },
    {
      id: 'idempotency.disconnect',
      title: 'returns the same whole response when a client repeats a request whose stream broke',
      level: 'SHOULD',
      clause: `${clause}; a key protects against lost connections`,
      async run(session) {
        const headers = newKey();
        const fields = { input: session.target.prompts.long(), store: true };
        const seen = await leaveStream(session, fields, { until: afterDeltas(3), headers });
        const body = responseFields(session, { stream: true, ...fields });
        const { events } = toStreamReply(await sendAgain(session, { body, headers }));
        expectSameEvents(events.slice(0, seen.length), seen, 'the events are not those of the lost stream');
        expectEqual(terminalOf(events).value, 'response.status', 'completed');
      },
    },
    {
      id: 'idempotency.other-body',
      title: 'refuses a different request under the same key with 409 or 422',
      level: 'SHOULD',
      clause,
      async run(session) {
        const headers = newKey();
        await createResponse(session, { input: session.target.prompts.say('One.'), store: true }, { headers });
        const body = { model: session.target.model, input: session.target.prompts.say('Two.') };
        const { status } = await session.send('POST', '/responses', { body, headers });
        expectThat(status === 409 || status === 422, `the status is ${status}, neither 409 nor 422`);
      },
    },
    {
      id: 'idempotency.chat',
      title: 'answers the same chat under the same key with the same completion',
      level: 'SHOULD',
      clause,
      async run(session) {
        const headers = newKey();
        const fields = { messages: [user(session.target.prompts.say('Once.'))] };
        const first = await createChat(session, fields, { headers });
        const second = await createChat(session, fields, { headers });
        expectEqual(second.body, 'id', textAt(first.body, 'id'));
      },
    },
  ],
};
