import type { AgentConfig } from '../config/to-agent-config.ts';
import type { SchemaChecker } from '../schemas/schema-checker.ts';
import { type AgentBounds, defaultBounds } from './agent-bounds.ts';
import type { AgentClient } from './agent-client.ts';
import { type AgentLog, createAgent } from './create-agent.ts';
import { KnownModels } from './known-models.ts';
import { type RoutedAgent, routeModels } from './route-models.ts';

/** The configured agents. Disposing breaks off what runs on them. */
export interface Agents extends AsyncDisposable {
  readonly all: AgentClient;
  /** Those of these names as one, the first the default; absent: all. Throws a RangeError when none of them exists. */
  of(names: readonly string[] | undefined): AgentClient;
}

/**
 * Connects each agent once. Where there is only one, it gets every request as it is, whatever `model` says. Otherwise
 * models choose, also for those who may use one of several: that they named another must not go unnoticed.
 */
export function createAgents(
  configs: ReadonlyMap<string, AgentConfig>,
  log: AgentLog,
  checker: SchemaChecker,
  bounds: AgentBounds = defaultBounds,
): Agents {
  const routed = [...configs].map(([name, config]) =>
    toRouted(name, createAgent(config, { log, bounds, checker }), log),
  );
  const [only] = routed;
  const all = only && routed.length === 1 ? only.agent : route(routed);
  const views = new Map<string, AgentClient>();
  return {
    all,
    of(names) {
      if (names === undefined || routed.length === 1) return all;
      const key = names.join(' ');
      const view = views.get(key) ?? route(names.flatMap((name) => routed.find((agent) => agent.name === name) ?? []));
      views.set(key, view);
      return view;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(routed.map(({ agent }) => agent[Symbol.asyncDispose]()));
    },
  };
}

function toRouted(name: string, agent: AgentClient, log: AgentLog): RoutedAgent {
  const onFailure = (error: unknown) =>
    log.warn({ agent: name, err: error }, 'an agent could not be asked for its models');
  return { name, agent, models: new KnownModels({ agent, onFailure }) };
}

function route([first, ...others]: readonly RoutedAgent[]): AgentClient {
  if (!first) throw new RangeError('There is no agent of these names.');
  return routeModels([first, ...others]);
}
