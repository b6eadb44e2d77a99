import { toMaxRuns } from '../agent/to-max-runs.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { AgentConfig } from '../config/to-agent-config.ts';

/**
 * Returns the configuration of one of the workers: bounds on concurrent work are divided among them, rounded down, so that
 * together they never exceed what the operator allowed. Throws a ConfigError when a bound is less than one per worker.
 */
export function divideConfig(config: Config): Config {
  const { workers, runs, bodies } = config;
  const share = (bound: number) => Math.floor(bound / workers);
  requireShare(workers, runs.atOnce, `MAX_RUNS=${runs.atOnce}`);
  const agents = [...config.agents].map(([name, agent]) => [name, divideAgent(name, agent, workers)] as const);
  return {
    ...config,
    agents: new Map(agents),
    runs: { ...runs, atOnce: share(runs.atOnce), queued: share(runs.queued) },
    // Each process has a heap of its own: one large body at a time harms none.
    bodies: { ...bodies, largeAtOnce: Math.max(1, share(bodies.largeAtOnce)) },
  };
}

function divideAgent(name: string, agent: AgentConfig, workers: number): AgentConfig {
  const maxRuns = agent.kind === 'upstream' ? toMaxRuns(agent) : undefined;
  if (agent.kind !== 'upstream' || maxRuns === undefined) return agent;
  requireShare(workers, maxRuns, `max_runs ${maxRuns} of the agent "${name}"`);
  return { ...agent, settings: { ...agent.settings, maxRuns: Math.floor(maxRuns / workers) } };
}

function requireShare(workers: number, bound: number, name: string): void {
  if (bound >= workers) return;
  throw new ConfigError(`WORKERS=${workers} is more than ${name}: expected at least one run for each worker.`);
}
