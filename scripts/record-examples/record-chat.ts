import type { Recorder } from './recorder.ts';

type Requests = Record<string, Record<string, unknown>>;

const completions = '/v1/chat/completions';

/** Records chat completions: plain, streamed and stored. */
export async function recordChat(recorder: Recorder, requests: Requests): Promise<void> {
  const post = (name: string, body: unknown) => recorder.record(name, completions, { body });
  await post('ChatText', requests['ChatRequestText']);
  await post('ChatFunctionCall', requests['ChatRequestFunction']);
  await post('ChatStreamText', requests['ChatRequestStreamed']);
  await post('ChatStreamFunctionCall', { ...requests['ChatRequestFunction'], stream: true });
  const user = (content: string) => ({ messages: [{ role: 'user', content }], stream: true });
  await post('ChatStreamReasoning', user('/reason The user greets me.\n/say Hello.'));
  await post('ChatStreamRefusal', user("/refuse I can't."));
  await post('ChatStreamFailed', user('/say Hello there.\n/break after 1'));
  await recordStored(recorder, requests);
}

async function recordStored(recorder: Recorder, requests: Requests): Promise<void> {
  const body = { ...requests['ChatRequestText'], store: true, metadata: { topic: 'weather' } };
  const { id } = JSON.parse((await recorder.send(completions, { body })).text);
  await recorder.record('ChatStored', `${completions}/${id}`);
  await recorder.record('ChatListOne', completions);
  await recorder.record('ChatMessagesReply', `${completions}/${id}/messages`);
  await recorder.record('ChatDeleted', `${completions}/${id}`, { method: 'DELETE' });
}
