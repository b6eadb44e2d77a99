import { fileURLToPath } from 'node:url';
import type { RequestedServer } from '../../../src/agent/loop/loop-request.ts';
import type { ToolCallOptions, ToolResult } from '../../../src/agent/loop/tool-session.ts';
import { McpServers } from '../../../src/agent/mcp/mcp-servers.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const program = fileURLToPath(new URL('../../helpers/mcp/stdio-server.ts', import.meta.url));

/** The settings of a server of the configuration file that runs the tools of the tests. */
export const stdioServer = { command: process.execPath, args: [program] };

export interface OpenServers extends AsyncDisposable {
  servers: McpServers;
  /** Messages with their fields, in order. */
  log: { level: string; message: string; details: Record<string, unknown> }[];
}

/** Creates the servers of a configuration file. */
export function openServers(mcpServers: object, variables: Record<string, string> = {}): OpenServers {
  using file = writeConfig(JSON.stringify({ mcp_servers: mcpServers }));
  const { mcp } = loadConfig({
    TALARIA_CONFIG: file.path,
    AGENT_MCP_SERVERS: Object.keys(mcpServers).join(','),
    ...variables,
  });
  const log: OpenServers['log'] = [];
  const write = (level: string) => (details: object, message: string) =>
    void log.push({ level, message, details: { ...details } });
  const servers = new McpServers(mcp, {
    version: '1.0.0',
    log: { debug: write('debug'), info: write('info'), warn: write('warn') },
  });
  return { servers, log, [Symbol.asyncDispose]: () => servers[Symbol.asyncDispose]() };
}

export const ofLabel = (label: string): RequestedServer => ({ label, approval: 'never' });

export const noProgress: ToolCallOptions = { signal: new AbortController().signal, onProgress: () => undefined };

/** The texts of a result. */
export const textOf = ({ content }: ToolResult): string =>
  content.map((part) => (part.type === 'text' ? part.text : `<${part.type}>`)).join('\n');
