import type { AgentClient } from '../agent/agent-client.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Returns the services with the agents of a tenant instead of all agents: one object per selection of agents. */
export function createTenantDeps(deps: HandlerDeps): (tenant: string) => HandlerDeps {
  const known = new WeakMap<AgentClient, HandlerDeps>();
  return (tenant) => {
    const agent = deps.agentOf(tenant);
    const own = known.get(agent) ?? { ...deps, agent };
    known.set(agent, own);
    return own;
  };
}
