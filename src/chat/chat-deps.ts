import type { AgentClient } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';

/** What the Chat Completions use cases need of the rest of the server. */
export interface ChatDeps {
  agent: AgentClient;
}

export type ChatRequest = Schemas['CreateChatCompletionRequest'];
export type ChatCompletion = Schemas['ChatCompletion'];
export type ChatChunk = Schemas['ChatCompletionChunk'];
