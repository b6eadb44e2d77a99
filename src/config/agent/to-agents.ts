import { ConfigError } from '../config-error.ts';
import type { Environment } from '../env.ts';
import { type ConfigFile, defaultAgent } from '../file/config-file.ts';
import { isKeyText, keyTextRule } from '../key-text.ts';
import { hideSecrets } from '../parse/to-postgres-location.ts';
import { type AgentConfig, agentUrls } from '../to-agent-config.ts';
import { withProxy } from './environment-proxy.ts';
import { readAgent } from './read-agent.ts';
import { VariableSource } from './variable-source.ts';
import { withStrictRules } from './with-strict-rules.ts';

/** Returns the agents of the file or of `AGENT_URL`, by name, the default first. Throws a ConfigError. */
export function toAgents(env: Environment, file: ConfigFile | undefined): ReadonlyMap<string, AgentConfig> {
  // Precedence of one over the other would hide mistakes.
  if (file?.agents && env.agentUrl) {
    throw new ConfigError(`AGENT_URL and agents in ${file.name} are mutually exclusive: remove one.`);
  }
  const agents = file?.agents ?? new Map([[defaultAgent, toAgent(env)]]);
  return withStrictRules(new Map([...agents].map(([name, agent]) => [name, withProxy(agent, env)])), env);
}

function toAgent({ agentUrl: url = 'offline:', agentApiKey: apiKey, agentModel: model, agentSettings }: Environment) {
  if (apiKey && !isKeyText(apiKey)) throw new ConfigError(`AGENT_API_KEY ${keyTextRule}.`);
  const entries = Object.entries(agentSettings);
  const sources = entries.map(([name, { variable, text }]) => [name, new VariableSource(variable, text)] as const);
  const agent = readAgent({ url, apiKey, model }, Object.fromEntries(sources));
  if (agent) return agent;
  throw new ConfigError(`AGENT_URL=${hideQuery(hideSecrets(url))} is invalid: expected ${agentUrls}.`);
}

/** The query of an agent's URL may contain a key. */
const hideQuery = (url: string): string => url.replace(/\?.*$/s, '?…');
