import type { Area } from '../audit.ts';
import { createResponse, leaveStream, outputText } from '../create-response.ts';
import { expectEcho } from '../expect-echo.ts';
import { expectMemory } from '../expect-memory.ts';
import { expectEnvelope, expectGone, expectOk, expectRefusal } from '../expect-status.ts';
import { Inconclusive } from '../outcomes.ts';
import { recall, remember } from '../prompts.ts';
import { at, expectEqual, expectThat, listAt, textAt } from '../read-json.ts';
import type { Reply, Session } from '../session.ts';

const reference = 'OpenAI API reference';
const message = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });

async function create(session: Session, fields: object = {}): Promise<Reply> {
  const reply = await expectOk(session, await session.send('POST', '/conversations', { body: fields }));
  session.leave(`/conversations/${textAt(reply.body, 'id')}`);
  return reply;
}

const begin = async (session: Session, fields: object = {}) => textAt((await create(session, fields)).body, 'id');

async function listItems(session: Session, id: string, query = ''): Promise<unknown> {
  const reply = await expectOk(session, await session.send('GET', `/conversations/${id}/items${query}`));
  session.check.body('listConversationItems', reply.body);
  return reply.body;
}

export const conversations: Area = {
  name: 'conversations',
  title: 'Conversations',
  audits: [
    {
      id: 'conversations.create',
      title: 'creates a conversation with items and metadata',
      level: 'MUST',
      clause: `${reference}: create a conversation`,
      async run(session) {
        const { body } = await create(session, { items: [message('one')], metadata: { purpose: 'verify' } });
        session.check.body('createConversation', body);
        expectEqual(body, 'metadata', { purpose: 'verify' });
        const items = await listItems(session, textAt(body, 'id'));
        expectEqual(items, 'data[0].content[0].text', 'one');
      },
    },
    {
      id: 'conversations.retrieve',
      title: 'retrieves a conversation',
      level: 'MUST',
      clause: `${reference}: retrieve a conversation`,
      async run(session) {
        const id = await begin(session);
        const { body } = await expectOk(session, await session.send('GET', `/conversations/${id}`));
        session.check.body('getConversation', body);
        expectEqual(body, 'id', id);
      },
    },
    {
      id: 'conversations.update',
      title: 'replaces the metadata of a conversation',
      level: 'MUST',
      clause: `${reference}: update a conversation`,
      async run(session) {
        const id = await begin(session, { metadata: { purpose: 'verify' } });
        const metadata = { purpose: 'changed' };
        await expectOk(session, await session.send('POST', `/conversations/${id}`, { body: { metadata } }));
        const { body } = await expectOk(session, await session.send('GET', `/conversations/${id}`));
        expectEqual(body, 'metadata', metadata);
      },
    },
    {
      id: 'conversations.delete',
      title: 'deletes a conversation, then answers 404',
      level: 'MUST',
      clause: `${reference}: delete a conversation`,
      async run(session) {
        const id = await begin(session);
        const { body } = await expectOk(session, await session.send('DELETE', `/conversations/${id}`));
        expectEqual(body, 'object', 'conversation.deleted');
        expectEqual(body, 'deleted', true);
        expectGone(await session.send('GET', `/conversations/${id}`));
      },
    },
    {
      id: 'conversations.add-items',
      title: 'adds items, and lists them with ids',
      level: 'MUST',
      clause: `${reference}: create items; the Agents SDK stores its sessions this way`,
      async run(session) {
        const id = await begin(session);
        const body = { items: [message('one'), message('two')] };
        const reply = await expectOk(session, await session.send('POST', `/conversations/${id}/items`, { body }));
        session.check.body('createConversationItems', reply.body);
        const items = listAt(await listItems(session, id, '?order=asc'), 'data');
        expectThat(
          items.map((item) => at(item, 'content[0].text')).join() === 'one,two',
          'the items are not those added',
          'data',
        );
        for (const item of items) expectThat(textAt(item, 'id') !== '', 'an item has an empty id', 'data');
      },
    },
    {
      id: 'conversations.pages',
      title: 'pages through items by limit, after and order',
      level: 'MUST',
      clause: `${reference}: list items`,
      async run(session) {
        const id = await begin(session, { items: ['one', 'two', 'three'].map(message) });
        const page = await listItems(session, id, '?order=asc&limit=2');
        expectThat(listAt(page, 'data').length === 2, 'the first page does not have 2 items', 'data');
        expectEqual(page, 'has_more', true);
        const rest = await listItems(
          session,
          id,
          `?order=asc&limit=2&after=${encodeURIComponent(textAt(page, 'last_id'))}`,
        );
        expectEqual(rest, 'data[0].content[0].text', 'three');
        expectEqual(rest, 'has_more', false);
      },
    },
    {
      id: 'conversations.item',
      title: 'retrieves and deletes one item',
      level: 'MUST',
      clause: `${reference}: retrieve an item, delete an item`,
      async run(session) {
        const id = await begin(session, { items: [message('one'), message('two')] });
        const item = textAt(await listItems(session, id, '?order=asc'), 'data[0].id');
        const path = `/conversations/${id}/items/${item}`;
        const { body } = await expectOk(session, await session.send('GET', path));
        session.check.body('getConversationItem', body);
        expectEqual(body, 'id', item);
        await expectOk(session, await session.send('DELETE', path));
        expectGone(await session.send('GET', path));
        expectThat(listAt(await listItems(session, id), 'data').length === 1, 'the item is still listed', 'data');
      },
    },
    {
      id: 'conversations.turn',
      title: 'adds the input and the output of a response to its conversation',
      level: 'MUST',
      clause: `${reference}: create response, conversation`,
      async run(session) {
        const id = await begin(session);
        const { body } = await createResponse(session, {
          input: session.target.prompts.say('Hi.'),
          conversation: id,
          store: true,
        });
        expectEcho(session, body, 'conversation.id', id);
        const items = listAt(await listItems(session, id, '?order=asc'), 'data');
        expectThat(at(items[0], 'role') === 'user', 'the first item is not the input', 'data');
        expectThat(at(items.at(-1), 'id') === at(body, 'output[-1].id'), 'the last item is not the output', 'data');
      },
    },
    {
      id: 'conversations.memory',
      title: "includes the conversation's history in a turn",
      level: 'MUST',
      clause: `${reference}: create response, conversation`,
      async run(session) {
        const conversation = await begin(session, { items: [message(remember)] });
        const { body } = await createResponse(session, { input: recall, conversation, store: true });
        expectMemory(session, outputText(body));
      },
    },
    {
      id: 'conversations.not-both',
      title: 'refuses conversation together with previous_response_id',
      level: 'MUST',
      clause: `${reference}: previous_response_id "cannot be used in conjunction with conversation"`,
      async run(session) {
        const conversation = await begin(session);
        const { body } = await createResponse(session, { input: session.target.prompts.say('Hi.'), store: true });
        const both = {
          model: session.target.model,
          input: 'Hello',
          conversation,
          previous_response_id: textAt(body, 'id'),
        };
        expectEnvelope(
          session,
          await expectRefusal(session, await session.send('POST', '/responses', { body: both }), [400]),
        );
      },
    },
    {
      id: 'conversations.unknown',
      title: 'answers 404 for a conversation that does not exist',
      level: 'MUST',
      clause: `${reference}: retrieve a conversation; error codes`,
      async run(session) {
        await begin(session);
        const reply = await session.send('GET', `/conversations/conv_${'0'.repeat(32)}`);
        expectEnvelope(session, await expectRefusal(session, reply, [404]));
      },
    },
    {
      id: 'conversations.locked',
      title: 'refuses a second turn with 409 while one is running',
      level: 'SHOULD',
      clause: 'OpenAI: conversation_locked; concurrent turns lose or mix messages',
      async run(session) {
        const conversation = await begin(session);
        let status = 0;
        const fields = { input: session.target.prompts.endless(), conversation, store: true };
        const until = async ({ type }: { type: string }) => {
          if (!type.endsWith('.delta')) return false;
          const body = { model: session.target.model, input: 'Hello', conversation };
          status = (await session.send('POST', '/responses', { body })).status;
          return true;
        };
        await leaveStream(session, fields, { until });
        if (status === 0) throw new Inconclusive('the turn ended before a second one could start');
        expectThat(status === 409, `the status is ${status}, not 409`);
      },
    },
  ],
};
