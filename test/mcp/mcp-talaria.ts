import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';

const inPackages = (path: string): string => fileURLToPath(import.meta.resolve(`@modelcontextprotocol/${path}`));

const node = (...args: string[]) => ({ command: process.execPath, args });

/** Real MCP servers, as entries of `mcp_servers`. */
export const everything = node(inPackages('server-everything/dist/index.js'), 'stdio');
export const filesystem = (folder: string) => node(inPackages('server-filesystem/dist/index.js'), folder);
export const odd = node(fileURLToPath(new URL('./servers/odd-server.ts', import.meta.url)));
/** Takes its port from `PORT`. */
export const everythingOverHttp = inPackages('server-everything/dist/index.js');

export type McpServers = Record<string, object>;

/** Writes a configuration with MCP servers. JSON is YAML. */
function writeMcpConfig(servers: McpServers, more: object = {}): ConfigOnDisk {
  return writeConfig(JSON.stringify({ mcp_servers: servers, ...more }));
}

/** Starts a server with the offline agent, whose requests may use these MCP servers by their labels. */
export async function startMcpTalaria(
  servers: McpServers,
  settings: Record<string, string> = {},
  more: object = {},
): Promise<TestServer> {
  const config = writeMcpConfig(servers, more);
  const server = await startTalaria({ TALARIA_CONFIG: config.path, ...settings });
  const dispose = async () => {
    await server[Symbol.asyncDispose]();
    config[Symbol.dispose]();
  };
  return { ...server, [Symbol.asyncDispose]: dispose };
}

/** Starts one server for the tests of the enclosing suite, with the MCP servers that `open` starts or names. */
export function useMcpTalaria(
  open: (stack: AsyncDisposableStack) => Promise<McpServers> | McpServers,
): () => TestServer {
  const stack = new AsyncDisposableStack();
  let server: TestServer | undefined;
  before(async () => {
    server = stack.use(await startMcpTalaria(await open(stack)));
  });
  after(() => stack.disposeAsync());
  return () => {
    if (!server) throw new Error('The server is started before the tests.');
    return server;
  };
}

/** Creates a folder with files, removed when disposed. */
export function createFolder(files: Record<string, string>): Disposable & { path: string } {
  // The filesystem server compares real paths.
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'talaria-files-')));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Returns the tool of a request that uses a configured server. */
export const use = (label: string, more: object = {}) => ({
  type: 'mcp' as const,
  server_label: label,
  require_approval: 'never' as const,
  ...more,
});

/** Returns a script for the offline agent: each step is an answer of it. */
export const script = (...steps: string[]): string => steps.join('\n/then\n');

export const call = (name: string, args: object = {}): string => `/call ${name} ${JSON.stringify(args)}`;
