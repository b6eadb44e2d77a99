import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import type { AgentEntry, Services } from '../services.ts';

/** Returns the agents with their models. An agent that doesn't list them in time has failed. */
export async function listAgents(
  { agents, mcpServers, log }: Pick<Services, 'agents' | 'mcpServers' | 'log'>,
  signal: AbortSignal,
): Promise<Schemas['AgentList']> {
  const data = await Promise.all(agents.map((agent) => toSummary(agent, { log, signal })));
  return { object: 'list', data, mcp_servers: mcpServers.health() };
}

async function toSummary(
  { name, kind, url, client }: AgentEntry,
  { log, signal }: Pick<Services, 'log'> & { signal: AbortSignal },
): Promise<Schemas['AgentSummary']> {
  const summary = { name, object: 'agent' as const, kind, url: url ?? null };
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.agentListMs)]);
    const models = await client.models({ signal: limited });
    return { ...summary, status: 'ok', models: models.map(({ id }) => id) };
  } catch (err) {
    log.warn({ agent: name, err }, 'failed to list models of an agent');
    return { ...summary, status: 'failed', models: [] };
  }
}
