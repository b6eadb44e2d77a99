import type { Schemas } from '../contract/types.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';

/** The services that chat completions use. */
export interface ChatDeps
  extends Pick<
    Services,
    | 'agent'
    | 'store'
    | 'runs'
    | 'watchRun'
    | 'resumes'
    | 'attempts'
    | 'schemaBytes'
    | 'expiresAt'
    | 'admitStorage'
    | 'budgetOf'
    | 'mcpServers'
  > {
  log: Pick<Log, 'warn'>;
}

export type ChatRequest = Schemas['CreateChatCompletionRequest'];
export type ChatCompletion = Schemas['ChatCompletion'];
export type ChatChunk = Schemas['ChatCompletionChunk'];
