import type { AgentConfig } from '../config/to-agent-config.ts';
import type { SchemaChecker } from '../schemas/schema-checker.ts';
import { type AgentBounds, defaultBounds } from './agent-bounds.ts';
import type { AgentClient } from './agent-client.ts';
import { type AgentLog, createAgent } from './create-agent.ts';
import type { ToolServers } from './loop/tool-session.ts';
import { KnownModels } from './routing/known-models.ts';
import { type RoutedAgent, routeModels } from './routing/route-models.ts';

/** The configured agents. Disposing aborts their runs. */
export interface Agents extends AsyncDisposable {
  readonly all: AgentClient;
  /** By name, the default first. */
  readonly each: ReadonlyMap<string, AgentClient>;
  /**
   * Combines the named agents, the first being the default; `undefined` means all. Throws a RangeError when none
   * exists.
   */
  of(names: readonly string[] | undefined): AgentClient;
}

/** The dependencies of single agents beyond their configuration, by their names. */
export interface AgentParts {
  /** The MCP servers of an agent. */
  serversOf?: (agent: string) => ToolServers;
  /** The agent that answers by rules, if an agent is one. */
  rulesOf?: (agent: string) => AgentClient | undefined;
}

/**
 * Connects each agent once. A single agent receives every request unchanged, whatever its `model`. Several agents are
 * selected by model, even for a tenant that may use only one of them: a request for another agent must fail.
 */
export function createAgents(
  configs: ReadonlyMap<string, AgentConfig>,
  log: AgentLog,
  checker: SchemaChecker,
  bounds: AgentBounds = defaultBounds,
  { serversOf, rulesOf }: AgentParts = {},
): Agents {
  const routed = [...configs].map(([name, config]) =>
    toRouted(
      name,
      createAgent(config, {
        ...{ name, log, bounds, checker, rules: rulesOf?.(name) },
        ...(serversOf ? { servers: serversOf(name) } : {}),
      }),
      log,
    ),
  );
  const [only] = routed;
  const all = only && routed.length === 1 ? only.agent : route(routed);
  const views = new Map<string, AgentClient>();
  return {
    all,
    each: new Map(routed.map(({ name, agent }) => [name, agent])),
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
  const onFailure = (error: unknown) => log.warn({ agent: name, err: error }, 'failed to list models of an agent');
  return { name, agent, models: new KnownModels({ agent, onFailure }) };
}

function route([first, ...others]: readonly RoutedAgent[]): AgentClient {
  if (!first) throw new RangeError('No agent is configured under these names.');
  return routeModels([first, ...others]);
}
