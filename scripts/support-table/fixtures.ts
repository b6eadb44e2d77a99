import type { Prober } from './probe.ts';

/** Resources that some probes refer to. */
export interface Fixtures {
  responseId: string;
  /** A response with so many messages that `truncation` applies. */
  longResponseId: string;
  conversationId: string;
  /** The ids of the first conversation item, input item and chat message. */
  itemId: string;
  inputItemId: string;
  chatMessageId: string;
  chatCompletionId: string;
  /** A compaction item, sealed by the server that is probed. */
  compaction: object;
}

export const functionTool = { type: 'function', name: 'look', parameters: { type: 'object', properties: {} } };

export const message = (text: string): object => ({ type: 'message', role: 'user', content: text });

export async function createFixtures(prober: Prober): Promise<Fixtures> {
  const post = (path: string, body: object) => prober.send({ method: 'POST', path, body });
  const history = Array.from({ length: 120 }, (_, index) => message(`Message ${index}, with some words to count.`));
  const respond = (input: unknown) => post('/responses', { model: 'any-model', input });
  const conversation = await post('/conversations', { items: [message('One.'), message('Two.')] });
  const compacted = await post('/responses/compact', { model: 'any-model', input: [message('One.')] });
  const chat = { model: 'any-model', store: true, metadata: { topic: 'test' } };
  const completion = await post('/chat/completions', {
    ...chat,
    messages: [
      { role: 'user', content: 'One.' },
      { role: 'user', content: 'Two.' },
    ],
  });
  await post('/chat/completions', { ...chat, metadata: {}, messages: [{ role: 'user', content: 'Three.' }] });
  const response = await respond([message('One.'), message('Two.')]);
  const firstOf = async (path: string) => (await prober.send({ method: 'GET', path: `${path}?order=asc` })).data[0].id;
  return {
    responseId: response.id,
    longResponseId: (await respond(history)).id,
    conversationId: conversation.id,
    itemId: await firstOf(`/conversations/${conversation.id}/items`),
    inputItemId: await firstOf(`/responses/${response.id}/input_items`),
    chatMessageId: await firstOf(`/chat/completions/${completion.id}/messages`),
    chatCompletionId: completion.id,
    compaction: compacted.output.find((item: { type: string }) => item.type === 'compaction'),
  };
}
