import type { ConfigNode } from '../file/config-node.ts';
import type { McpServerConfig, McpToolPath } from './mcp-config.ts';

/** The hosted tools of OpenAI's API that an MCP tool can stand for. */
const hostedTools = ['web_search', 'file_search', 'code_interpreter'] as const;

/** Reads the setting `hosted_tools`: for each hosted tool, the MCP tool that stands for it, such as `searx/search`. */
export function readHostedTools(
  node: ConfigNode,
  servers: ReadonlyMap<string, McpServerConfig>,
): ReadonlyMap<string, McpToolPath> {
  const settings = node.settings(...hostedTools);
  return new Map(
    hostedTools.flatMap((name) => {
      const setting = settings[name];
      return setting ? [[name, readPath(setting, servers)] as const] : [];
    }),
  );
}

function readPath(node: ConfigNode, servers: ReadonlyMap<string, McpServerConfig>): McpToolPath {
  const [, label, tool] = /^([^/]+)\/(.+)$/.exec(node.text()) ?? [];
  if (label === undefined || tool === undefined)
    return node.fail('must be a server and its tool, such as searx/search');
  const server = servers.get(label);
  if (!server) return node.fail(`unknown MCP server "${label}"; ${describe('mcp_servers', servers.keys())}`);
  if (server.allowedTools?.includes(tool) === false) {
    return node.fail(`allowed_tools of "${label}" lacks "${tool}"; ${describe('it', server.allowedTools)}`);
  }
  return { server: label, tool };
}

function describe(owner: string, names: Iterable<string>): string {
  const list = [...names].join(', ');
  return list === '' ? `${owner} defines none` : `expected one of: ${list}`;
}
