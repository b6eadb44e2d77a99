import type { UpstreamFormat } from '../upstream/upstream-format.ts';
import type { ChatRequest } from './chat-request.ts';
import { fromChatCompletion } from './from-chat-completion.ts';
import { learnFromRefusal } from './learn-from-refusal.ts';
import { noteReasoningField } from './note-reasoning-field.ts';
import { ChatStreamReader } from './read-chat-stream.ts';
import { toChatBody } from './to-chat-body.ts';

/** OpenAI's Chat Completions, as many compatible servers speak it. */
export const chatCompletionsFormat: UpstreamFormat = {
  path: 'chat/completions',
  toBody: toChatBody,
  learn: (refusal, sent) => learnFromRefusal(refusal, sent as ChatRequest),
  createStreamReader: (_request, context) => new ChatStreamReader(context),
  readDocument(text, _request, { agent, learned }) {
    const events = fromChatCompletion(text, agent);
    noteReasoningField(text, events, learned);
    return events;
  },
};
