import type { UpstreamFormat } from '../upstream/upstream-format.ts';
import { fromChatCompletion } from './from-chat-completion.ts';
import { ChatStreamReader } from './read-chat-stream.ts';
import { toChatRequest } from './to-chat-request.ts';

/** OpenAI's Chat Completions, as many compatible servers speak it. */
export const chatCompletionsFormat: UpstreamFormat = {
  path: 'chat/completions',
  toBody: toChatRequest,
  createStreamReader: (_request, { agent }) => new ChatStreamReader(agent),
  readDocument: (text, _request, { agent }) => fromChatCompletion(text, agent),
};
