import { VariableSource } from '../agent/variable-source.ts';
import { ConfigError } from '../config-error.ts';
import type { Environment } from '../env.ts';
import { type ConfigFile, defaultAgent } from '../file/config-file.ts';
import type { McpConfig, McpRequestServers, McpServerConfig } from './mcp-config.ts';
import { readLabels } from './read-mcp-servers.ts';

type McpEnvironment = Pick<Environment, 'agentMcpServers' | 'mcpRequestServers' | 'mcpRequestOrigins' | 'network'>;

/** Merges the servers of the file with the settings of the environment. */
export function toMcpConfig(env: McpEnvironment, file: ConfigFile | undefined): McpConfig {
  const servers = withVariables(file?.mcpServers ?? new Map(), env.network);
  const { agentMcpServers: labels } = env;
  if (labels !== undefined && file?.agents) {
    throw new ConfigError(`AGENT_MCP_SERVERS and agents in ${file.name} are mutually exclusive: remove one.`);
  }
  const own = labels === undefined ? [] : readLabels(new VariableSource('AGENT_MCP_SERVERS', labels), servers);
  return {
    servers,
    ofAgents: file?.agents ? file.mcpServersOfAgents : new Map([[defaultAgent, own]]),
    hosted: file?.hostedTools ?? new Map(),
    requestServers: toRequestServers(env.mcpRequestServers ?? 'none'),
    requestOrigins: env.mcpRequestOrigins === undefined ? undefined : toOrigins(env.mcpRequestOrigins),
  };
}

/** Adds variables to those of each program, which take precedence. */
function withVariables(
  servers: ReadonlyMap<string, McpServerConfig>,
  variables: Environment['network'],
): Map<string, McpServerConfig> {
  return new Map(
    Array.from(servers, ([label, server]) => {
      const { reach } = server;
      if (reach.kind === 'http') return [label, server];
      return [label, { ...server, reach: { ...reach, env: { ...variables, ...reach.env } } }];
    }),
  );
}

function toRequestServers(text: string): McpRequestServers {
  if (text === 'none' || text === 'public' || text === 'any') return text;
  throw new ConfigError(`MCP_REQUEST_SERVERS=${text} is invalid: expected one of: none, public, any.`);
}

function toOrigins(text: string): string[] {
  return text.split(',').map((entry) => {
    const url = URL.parse(entry.trim());
    if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
    throw new ConfigError(
      `MCP_REQUEST_ORIGINS=${text} is invalid: expected origins such as https://mcp.example.org, separated by commas.`,
    );
  });
}
