import type { Recorder } from './recorder.ts';

const conversations = '/v1/conversations';

/** Records a conversation from its creation to its deletion. */
export async function recordConversations(recorder: Recorder): Promise<void> {
  const first = { type: 'message', role: 'user', content: 'Hello!' };
  const { id } = await recorder.record('ConversationReply', conversations, {
    body: { items: [first], metadata: { topic: 'weather' } },
  });
  const items = `${conversations}/${id}/items`;
  await recorder.record('ConversationTurn', '/v1/responses', {
    body: { conversation: id, input: '/say Good day.\n/call get_weather {"city":"Paris"}' },
  });
  const { data } = await recorder.record('ItemListConversation', `${items}?limit=2`);
  await recorder.record('ItemFunctionCall', `${items}/${data[0]?.id}`);
  await recorder.record('ItemMessage', `${items}/${data[1]?.id}`);
  const { id: empty } = JSON.parse((await recorder.send(conversations, { body: {} })).text);
  await recorder.record('ListEmpty', `${conversations}/${empty}/items`);
  await recordLock(recorder, empty);
  await recorder.record('ConversationDeleted', `${conversations}/${id}`, { method: 'DELETE' });
}

async function recordLock(recorder: Recorder, conversation: string): Promise<void> {
  const body = { conversation, input: '/wait 60000ms', background: true };
  const { id } = JSON.parse((await recorder.send('/v1/responses', { body })).text);
  await recorder.record('ErrorConversationLocked', '/v1/responses', { body: { conversation, input: 'Hello!' } });
  await recorder.send(`/v1/responses/${id}/cancel`, { method: 'POST' });
}
