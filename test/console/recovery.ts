import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../helpers/find-free-port.ts';
import { startMcpServer } from '../helpers/mcp/http-server.ts';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';

export interface KillableServer extends AsyncDisposable {
  url: string;
  openai: TestProcess['openai'];
  /** Kills the process, and starts another one with the same store and address. */
  killAndRestart(): Promise<void>;
}

/** Starts a server without keys in a process of its own, on SQLite, with an MCP server that outlives it. */
export async function startKillableServer(): Promise<KillableServer> {
  await using stack = new AsyncDisposableStack();
  const mcp = stack.use(await startMcpServer());
  const config = stack.use(writeConfig(JSON.stringify({ mcp_servers: { tools: { url: mcp.url } } })));
  const directory = await mkdtemp(join(tmpdir(), 'talaria-console-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const settings = {
    API_SERVER_PORT: String(await findFreePort()),
    STORE_URL: `sqlite:${join(directory, 'talaria.db')}`,
    TALARIA_CONFIG: config.path,
    RUN_LEASE_MS: '2000',
  };
  let server = await spawnTalaria(settings);
  stack.defer(() => server[Symbol.asyncDispose]());
  const resources = stack.move();
  return {
    url: server.url,
    openai: server.openai,
    async killAndRestart() {
      await server.kill('SIGKILL');
      server = await spawnTalaria(settings);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
