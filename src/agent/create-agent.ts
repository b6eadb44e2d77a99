import { limits } from '../config/limits.ts';
import type { AgentConfig, UpstreamConfig } from '../config/to-agent-config.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { SchemaChecker } from '../schemas/schema-checker.ts';
import type { AgentBounds } from './agent-bounds.ts';
import type { AgentClient } from './agent-client.ts';
import { chatCompletionsFormat } from './chat-completions/chat-completions-format.ts';
import { enforceFormat } from './guards/enforce-format.ts';
import { enforceToolChoice } from './guards/enforce-tool-choice.ts';
import { limitOutput } from './guards/limit-output.ts';
import { limitRuns } from './guards/limit-runs.ts';
import { observeCalls } from './guards/observe-calls.ts';
import { spendBudget } from './guards/spend-budget.ts';
import { createHermesAgent } from './hermes/create-hermes-agent.ts';
import { takeWhole } from './history/take-whole.ts';
import { noServers } from './loop/no-servers.ts';
import type { ToolServers } from './loop/tool-session.ts';
import { withLoop } from './loop/with-loop.ts';
import { createOfflineAgent } from './offline/offline-agent.ts';
import { createReplayAgent } from './replay/replay-agent.ts';
import { createResponsesAgent } from './responses-api/create-responses-agent.ts';
import { toMaxRuns } from './to-max-runs.ts';
import { createUpstreamAgent } from './upstream/create-upstream-agent.ts';

/** The log of an agent, for the operator. */
export interface AgentLog {
  warn(details: object, message: string): void;
}

interface AgentTools {
  /** The agent's name. */
  name: string;
  log: AgentLog;
  bounds: AgentBounds;
  checker: SchemaChecker;
  /** The MCP servers whose tools run for this agent. Omitted: none. */
  servers?: ToolServers;
  /** The agent that answers by rules, for a configuration of that kind. */
  rules?: AgentClient | undefined;
}

/** Creates a configured agent whose answers respect the request and the bounds of this server, with its tool loop. */
export function createAgent(config: AgentConfig, tools: AgentTools): AgentClient {
  const agent = connectAgent(config, tools);
  const bounded = limitOutput(spendBudget(observeCalls(agent, tools.name)), tools.bounds.answerBytes);
  // A rule may break the request on purpose.
  const enforced =
    config.kind === 'rules' ? bounded : enforceFormat(enforceToolChoice(bounded, tools.log), tools.checker);
  const guarded = config.kind === 'upstream' ? limitRuns(enforced, toRunLimits(config)) : enforced;
  const whole = agent.speaksResponses ? { ...guarded, speaksResponses: agent.speaksResponses } : guarded;
  const { name, servers = noServers, log } = tools;
  const { answerBytes } = tools.bounds;
  const maxIterations = config.maxIterations ?? limits.agentIterations;
  return withLoop(whole, { name, servers, log, maxIterations, answerBytes });
}

const toRunLimits = (config: UpstreamConfig) => ({
  maxRuns: toMaxRuns(config),
  timeoutMs: config.settings.runTimeoutMs,
  queued: limits.agentQueuedRuns,
});

function connectAgent(config: AgentConfig, { name, log, bounds, rules }: AgentTools): AgentClient {
  switch (config.kind) {
    case 'rules':
      if (!rules) throw new RangeError(`The rules of the agent ${name} are not open.`);
      return takeWhole(rules);
    case 'offline':
      return takeWhole(createOfflineAgent());
    case 'replay':
      return takeWhole(createReplayAgent(config));
    case 'upstream': {
      const options = {
        name,
        url: config.url,
        settings: config.settings,
        log,
        answerBytes: bounds.answerBytes,
        limits: bounds.upstream,
        ...omitUndefined({ apiKey: config.apiKey, model: config.model }),
      };
      if (config.api === 'hermes') return takeWhole(createHermesAgent(options));
      if (config.api === 'responses') return takeWhole(createResponsesAgent(options));
      return createUpstreamAgent(chatCompletionsFormat, options);
    }
  }
}
