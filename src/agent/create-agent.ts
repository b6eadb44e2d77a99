import type { AgentConfig } from '../config/to-agent-config.ts';
import { dropAbsent } from '../drop-absent.ts';
import type { SchemaChecker } from '../schemas/schema-checker.ts';
import type { AgentClient } from './agent-client.ts';
import { createChatCompletionsAgent } from './chat-completions/chat-completions-agent.ts';
import { enforceFormat } from './enforce-format.ts';
import { enforceToolChoice } from './enforce-tool-choice.ts';
import { createOfflineAgent } from './offline/offline-agent.ts';
import { createReplayAgent } from './replay/replay-agent.ts';

/** What an agent may say to the server's operator. */
export interface AgentLog {
  warn(details: object, message: string): void;
}

/** A configured agent, held to what it is asked for. */
export function createAgent(config: AgentConfig, log: AgentLog, checker: SchemaChecker): AgentClient {
  return enforceFormat(enforceToolChoice(connectAgent(config, log)), checker);
}

function connectAgent(config: AgentConfig, log: AgentLog): AgentClient {
  switch (config.kind) {
    case 'offline':
      return createOfflineAgent();
    case 'replay':
      return createReplayAgent(config);
    case 'chat-completions':
      return createChatCompletionsAgent({
        url: config.url,
        log,
        ...dropAbsent({ apiKey: config.apiKey, model: config.model }),
      });
  }
}
