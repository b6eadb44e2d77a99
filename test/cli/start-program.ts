import { once } from 'node:events';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * Starts a server and sends its requests, passed as JSON lists of method, path and body; `UPGRADE` opens a WebSocket.
 * Sends the loaded files to the parent process: those of the start with `/health`, then those that each further request
 * added.
 */
const loaded = new Set<string>();
let seen = 0;
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) loaded.add(fileURLToPath(url).replaceAll('\\', '/'));
    return next(url, context);
  },
});

const { toConfig } = await import('../../src/config/config.ts');
const { readEnvironment } = await import('../../src/config/env.ts');
const { createLog } = await import('../../src/log.ts');
const { startServer } = await import('../../src/server.ts');
const variables = {
  API_SERVER_PORT: '0',
  LOG_LEVEL: 'silent',
  STORE_URL: 'sqlite:',
  AGENT_URL: 'http://127.0.0.1:9/v1',
};
const config = toConfig(readEnvironment({ ...variables, STORE_URL: `sqlite:${process.argv[2]}` }));
await using server = await startServer(config, createLog(config.logLevel));
await report('GET', '/health');
for (const words of process.argv.slice(3)) await report(...(JSON.parse(words) as [string, string, object?]));

async function report(method: string, path: string, body?: object): Promise<void> {
  const status = method === 'UPGRADE' ? await upgrade(path) : await send(method, path, body);
  process.send?.({ status, files: [...loaded].slice(seen) });
  seen = loaded.size;
}

async function send(method: string, path: string, body?: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(server.url + path, { method, headers, body: body ? JSON.stringify(body) : null });
  await reply.text();
  return reply.status;
}

/** Opens a WebSocket with the client of Node, which is not in a file, and closes it. */
async function upgrade(path: string): Promise<number> {
  const socket = new WebSocket(server.url.replace('http', 'ws') + path);
  await once(socket, 'open');
  socket.close();
  await once(socket, 'close');
  return 101;
}
