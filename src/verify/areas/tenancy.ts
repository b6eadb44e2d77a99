import { randomUUID } from 'node:crypto';
import type { Area } from '../audit.ts';
import { beginEndless, retrieve } from '../background-run.ts';
import { createChat, user } from '../create-chat.ts';
import { createResponse } from '../create-response.ts';
import { expectOk } from '../expect-status.ts';
import { Skipped } from '../outcomes.ts';
import { at, expectThat, listAt, textAt } from '../read-json.ts';
import type { Session } from '../session.ts';

const clause = 'no other tenant finds what a key has created: 404, as if it did not exist';

/** Creates a response with the first key, after checking that the second key works. */
async function begin(session: Session): Promise<{ id: string; key: string }> {
  const key = session.target.otherKey;
  if (key === undefined) throw new Skipped('--other-key is not set');
  await expectOk(session, await session.send('GET', '/models', { key }));
  const { body } = await createResponse(session, { input: session.target.prompts.say('Mine.'), store: true });
  return { id: textAt(body, 'id'), key };
}

async function expectHidden(session: Session, [method, path]: [string, string], key: string): Promise<void> {
  const { status } = await session.send(method, path, { key });
  expectThat(status === 404, `another key gets ${status}, not 404`);
}

export const tenancy: Area = {
  name: 'tenancy',
  title: 'Tenants',
  audits: [
    {
      id: 'tenancy.retrieve',
      title: "hides a response and its input from another tenant's key",
      level: 'MUST',
      clause,
      async run(session) {
        const { id, key } = await begin(session);
        await expectHidden(session, ['GET', `/responses/${id}`], key);
        await expectHidden(session, ['GET', `/responses/${id}/input_items`], key);
      },
    },
    {
      id: 'tenancy.continue',
      title: "refuses to continue another tenant's response",
      level: 'MUST',
      clause,
      async run(session) {
        const { id, key } = await begin(session);
        const body = { model: session.target.model, input: 'Hello', previous_response_id: id };
        const { status } = await session.send('POST', '/responses', { body, key });
        expectThat(status === 404 || status === 400, `another key gets ${status}, neither 404 nor 400`);
      },
    },
    {
      id: 'tenancy.delete',
      title: "refuses to delete another tenant's response",
      level: 'MUST',
      clause,
      async run(session) {
        const { id, key } = await begin(session);
        await expectHidden(session, ['DELETE', `/responses/${id}`], key);
        await expectOk(session, await session.send('GET', `/responses/${id}`));
      },
    },
    {
      id: 'tenancy.reference',
      title: 'refuses an item_reference to an item of another tenant',
      level: 'MUST',
      clause,
      async run(session) {
        const { id, key } = await begin(session);
        const { body } = await expectOk(session, await session.send('GET', `/responses/${id}`));
        const input = [
          { type: 'item_reference', id: textAt(body, 'output[-1].id') },
          { role: 'user', content: 'Hello' },
        ];
        const { status } = await session.send('POST', '/responses', {
          body: { model: session.target.model, input },
          key,
        });
        expectThat(status === 404 || status === 400, `another key gets ${status}, neither 404 nor 400`);
      },
    },
    {
      id: 'tenancy.conversation',
      title: "hides a conversation from another tenant's key",
      level: 'MUST',
      clause,
      async run(session) {
        const { key } = await begin(session);
        const reply = await expectOk(session, await session.send('POST', '/conversations', { body: {} }));
        const path = `/conversations/${textAt(reply.body, 'id')}`;
        session.leave(path);
        await expectHidden(session, ['GET', path], key);
        await expectHidden(session, ['GET', `${path}/items`], key);
        await expectHidden(session, ['DELETE', path], key);
      },
    },
    {
      id: 'tenancy.chat',
      title: "hides stored chat completions from another tenant's key, also in lists",
      level: 'MUST',
      clause,
      async run(session) {
        const { key } = await begin(session);
        const { body } = await createChat(session, {
          messages: [user(session.target.prompts.say('Mine.'))],
          store: true,
        });
        const id = textAt(body, 'id');
        session.leave(`/chat/completions/${id}`);
        await expectOk(session, await session.send('GET', `/chat/completions/${id}`));
        await expectHidden(session, ['GET', `/chat/completions/${id}`], key);
        const list = await expectOk(session, await session.send('GET', '/chat/completions?order=desc', { key }));
        const ids = listAt(list.body, 'data').map((completion) => at(completion, 'id'));
        expectThat(!ids.includes(id), "another key's list contains it", 'data');
      },
    },
    {
      id: 'tenancy.run',
      title: "hides a run's events from another tenant's key, and refuses its cancel",
      level: 'MUST',
      clause,
      async run(session) {
        const { key } = await begin(session);
        const id = await beginEndless(session);
        await expectHidden(session, ['GET', `/responses/${id}?stream=true`], key);
        await expectHidden(session, ['POST', `/responses/${id}/cancel`], key);
        const { body } = await retrieve(session, id);
        expectThat(at(body, 'status') !== 'cancelled', 'another key cancelled it', 'status');
      },
    },
    {
      id: 'tenancy.idempotency',
      title: 'keeps the Idempotency-Keys of tenants apart',
      level: 'MUST',
      clause: 'an Idempotency-Key belongs to its tenant; two tenants may choose the same',
      async run(session) {
        const { key } = await begin(session);
        const headers = { 'idempotency-key': randomUUID() };
        const fields = { input: session.target.prompts.say('Mine.') };
        const mine = await createResponse(session, fields, { headers });
        const theirs = await createResponse(session, fields, { headers, key });
        expectThat(at(theirs.body, 'id') !== textAt(mine.body, 'id'), 'both keys get the same response', 'id');
      },
    },
  ],
};
