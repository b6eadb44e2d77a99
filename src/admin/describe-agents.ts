import type { AgentClient } from '../agent/agent-client.ts';
import type { AgentConfig } from '../config/to-agent-config.ts';
import type { AgentEntry } from '../services.ts';

/** Returns the configured agents as operators see them. */
export function describeAgents(
  configs: ReadonlyMap<string, AgentConfig>,
  clients: ReadonlyMap<string, AgentClient>,
): AgentEntry[] {
  return [...clients].map(([name, client]) => {
    const config = configs.get(name);
    const isUpstream = config?.kind === 'upstream';
    const url = isUpstream ? withoutSecrets(config.url) : undefined;
    return { name, kind: isUpstream ? config.api : (config?.kind ?? 'offline'), url, client };
  });
}

function withoutSecrets(text: string): string {
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}
