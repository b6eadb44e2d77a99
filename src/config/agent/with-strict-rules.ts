import { ConfigError } from '../config-error.ts';
import type { Environment } from '../env.ts';
import { toSwitch } from '../parse/to-switch.ts';
import type { AgentConfig } from '../to-agent-config.ts';

/** Applies `AGENT_RULES_STRICT` to the agents with rules. Throws a ConfigError if it is on and there are none. */
export function withStrictRules(
  agents: ReadonlyMap<string, AgentConfig>,
  { rulesStrict }: Pick<Environment, 'rulesStrict'>,
): ReadonlyMap<string, AgentConfig> {
  if (!toSwitch('AGENT_RULES_STRICT', rulesStrict ?? '0')) return agents;
  const strict = [...agents].map(([name, agent]): [string, AgentConfig] =>
    agent.kind === 'rules' ? [name, { ...agent, isStrict: true }] : [name, agent],
  );
  if (strict.some(([, { kind }]) => kind === 'rules')) return new Map(strict);
  throw new ConfigError('AGENT_RULES_STRICT (--strict) needs an agent with rules: AGENT_URL=rules:FILE.');
}
