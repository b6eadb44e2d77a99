import type { Area } from '../audit.ts';
import { createChat, user } from '../create-chat.ts';
import { expectGone, expectOk, expectRefusal } from '../expect-status.ts';
import { at, expectEqual, expectThat, listAt, textAt } from '../read-json.ts';
import type { Session } from '../session.ts';

const reference = 'OpenAI API reference';

/** Creates a stored completion, marked as ours by its metadata. */
async function keep(session: Session, purpose: string): Promise<string> {
  const messages = [user(session.target.prompts.say('Keep this.'))];
  const { body } = await createChat(session, { messages, store: true, metadata: { purpose } });
  const id = textAt(body, 'id');
  session.leave(`/chat/completions/${id}`);
  return id;
}

export const storedChat: Area = {
  name: 'stored-chat',
  title: 'Stored chat completions',
  audits: [
    {
      id: 'stored-chat.retrieve',
      title: 'retrieves a chat completion created with store: true',
      level: 'MUST',
      clause: `${reference}: get chat completion`,
      async run(session) {
        const id = await keep(session, 'verify-retrieve');
        const { body } = await expectOk(session, await session.send('GET', `/chat/completions/${id}`));
        session.check.body('getChatCompletion', body);
        expectEqual(body, 'id', id);
      },
    },
    {
      id: 'stored-chat.messages',
      title: 'lists the messages of the request',
      level: 'MUST',
      clause: `${reference}: get chat messages`,
      async run(session) {
        const id = await keep(session, 'verify-messages');
        const { body } = await expectOk(session, await session.send('GET', `/chat/completions/${id}/messages`));
        session.check.body('listChatCompletionMessages', body);
        expectEqual(body, 'data[0].role', 'user');
      },
    },
    {
      id: 'stored-chat.list',
      title: 'lists stored chat completions, and filters them by metadata',
      level: 'MUST',
      clause: `${reference}: list chat completions`,
      async run(session) {
        const purpose = `verify-list-${Date.now()}`;
        const id = await keep(session, purpose);
        const query = `?metadata[purpose]=${purpose}`;
        const { body } = await expectOk(session, await session.send('GET', `/chat/completions${query}`));
        session.check.body('listChatCompletions', body);
        const ids = listAt(body, 'data').map((completion) => at(completion, 'id'));
        expectThat(ids.length === 1 && ids[0] === id, `it found ${ids.join(', ') || 'none'}, not ${id}`, 'data');
      },
    },
    {
      id: 'stored-chat.update',
      title: 'replaces the metadata of a stored chat completion',
      level: 'MUST',
      clause: `${reference}: update chat completion`,
      async run(session) {
        const id = await keep(session, 'verify-update');
        const metadata = { purpose: 'changed' };
        await expectOk(session, await session.send('POST', `/chat/completions/${id}`, { body: { metadata } }));
        const { body } = await expectOk(session, await session.send('GET', `/chat/completions/${id}`));
        expectEqual(body, 'metadata', metadata);
      },
    },
    {
      id: 'stored-chat.delete',
      title: 'deletes a stored chat completion, then answers 404',
      level: 'MUST',
      clause: `${reference}: delete chat completion`,
      async run(session) {
        const id = await keep(session, 'verify-delete');
        const { body } = await expectOk(session, await session.send('DELETE', `/chat/completions/${id}`));
        expectEqual(body, 'deleted', true);
        expectGone(await session.send('GET', `/chat/completions/${id}`));
      },
    },
    {
      id: 'stored-chat.not-stored',
      title: 'does not store a chat completion without store: true',
      level: 'MUST',
      clause: `${reference}: create chat completion, store`,
      async run(session) {
        const { body } = await createChat(session, { messages: [user(session.target.prompts.say('Forget this.'))] });
        await expectRefusal(session, await session.send('GET', `/chat/completions/${textAt(body, 'id')}`), [404]);
      },
    },
  ],
};
