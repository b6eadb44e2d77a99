import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts this server with the offline agent on a free port. Dispose of it to stop it. */
export async function startServer(settings: Record<string, string> = {}): Promise<Disposable & { url: string }> {
  const env = { ...process.env, API_SERVER_PORT: '0', STORE_URL: 'memory:', LOG_LEVEL: 'fatal', ...settings };
  const server = spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), once(server, 'exit')]);
  const url = /http:\/\/[\d.:]+/.exec(String(line))?.[0];
  if (url === undefined) throw new Error(`The server exited before it listened: ${line}`);
  return { url, [Symbol.dispose]: () => void server.kill() };
}
