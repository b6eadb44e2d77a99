import type { AgentConfig } from '../config/to-agent-config.ts';
import type { OpenRules, RulesOptions } from './open-rules.ts';

/**
 * Opens the rules of the agents that have them, by the names of the agents. Imports their code only then: other servers
 * start without it. Rejects with a ConfigError for an invalid file.
 */
export async function openAllRules(
  agents: ReadonlyMap<string, AgentConfig>,
  { stack, ...options }: Pick<RulesOptions, 'contract' | 'log'> & { stack: AsyncDisposableStack },
): Promise<ReadonlyMap<string, OpenRules>> {
  const configs = [...agents].flatMap(([name, config]) => (config.kind === 'rules' ? [{ name, config }] : []));
  if (configs.length === 0) return new Map();
  const { openRules } = await import('./open-rules.ts');
  return new Map(configs.map(({ name, config }) => [name, stack.use(openRules({ name, config, ...options }))]));
}
