import type { AgentConfig } from '../config/to-agent-config.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { SchemaChecker } from '../schemas/schema-checker.ts';
import type { AgentBounds } from './agent-bounds.ts';
import type { AgentClient } from './agent-client.ts';
import { createChatCompletionsAgent } from './chat-completions/chat-completions-agent.ts';
import { enforceFormat } from './enforce-format.ts';
import { enforceToolChoice } from './enforce-tool-choice.ts';
import { limitOutput } from './limit-output.ts';
import { createOfflineAgent } from './offline/offline-agent.ts';
import { createReplayAgent } from './replay/replay-agent.ts';

/** What an agent may say to the server's operator. */
export interface AgentLog {
  warn(details: object, message: string): void;
}

interface AgentTools {
  log: AgentLog;
  bounds: AgentBounds;
  checker: SchemaChecker;
}

/** A configured agent, held to what it is asked for and to the bounds of this server. */
export function createAgent(config: AgentConfig, { log, bounds, checker }: AgentTools): AgentClient {
  const bounded = limitOutput(connectAgent(config, log, bounds), bounds.answerBytes);
  return enforceFormat(enforceToolChoice(bounded), checker);
}

function connectAgent(config: AgentConfig, log: AgentLog, bounds: AgentBounds): AgentClient {
  switch (config.kind) {
    case 'offline':
      return createOfflineAgent();
    case 'replay':
      return createReplayAgent(config);
    case 'chat-completions':
      return createChatCompletionsAgent({
        url: config.url,
        log,
        answerBytes: bounds.answerBytes,
        limits: bounds.upstream,
        ...omitUndefined({ apiKey: config.apiKey, model: config.model }),
      });
  }
}
