import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { type Config, toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLog } from '../../src/log.ts';
import { type ServerOptions, startServer } from '../../src/server.ts';
import { checkedFetch } from './contract-check.ts';

export interface TestServer extends AsyncDisposable {
  url: string;
  /** The official SDK; every reply it gets is checked against the contract. Never retries. */
  openai: OpenAI;
}

/** Settings that suit a test, on a free port. Names as in the environment: `{ STORE_URL: 'memory:' }`. */
function testConfig(settings: Record<string, string>): Config {
  const variables: Record<string, string> = {
    API_SERVER_PORT: '0',
    STORE_URL: 'memory:',
    LOG_LEVEL: 'silent',
    ...settings,
  };
  // A file is read only when a test names one: whatever else lies about here is none of its business.
  return variables['TALARIA_CONFIG'] === undefined ? toConfig(readEnvironment(variables)) : loadConfig(variables);
}

/** The whole server in this process, on a real socket. The offline agent and the memory store unless told otherwise. */
export async function startTalaria(
  settings: Record<string, string> = {},
  options: ServerOptions = {},
): Promise<TestServer> {
  const config = testConfig(settings);
  const server = await startServer(config, createLog(config.logLevel), options);
  return {
    url: server.url,
    openai: createClient(server.url, settings['API_SERVER_KEY']),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export function createClient(url: string, key: string | undefined = undefined): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: key ?? 'none', maxRetries: 0, fetch: checkedFetch });
}

/** JSON in, checked reply out: for what the SDK can't or won't send. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return checkedFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export interface TestProcess extends AsyncDisposable {
  url: string;
  openai: OpenAI;
  process: ChildProcess;
  /** What it wrote to standard error so far. */
  stderr(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** `node src/main.ts` as a process of its own, for tests that kill it. Resolves once it listens. */
export async function spawnTalaria(
  settings: Record<string, string> = {},
  options: { cwd?: string } = {},
): Promise<TestProcess> {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const env = {
    ...process.env,
    API_SERVER_PORT: '0',
    STORE_URL: 'memory:',
    // No balancer has to notice that it stops.
    API_SERVER_DRAIN_MS: '0',
    ...settings,
  };
  const child = spawn(process.execPath, [main], { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      const url = /http:\/\/\S+?(?=[\s)])/.exec(stdout)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened: ${stderr}`)));
  });
  const exit = once(child, 'exit');
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code, by] = await exit;
    return code ?? by;
  };
  return {
    url,
    openai: createClient(url, settings['API_SERVER_KEY']),
    process: child,
    stderr: () => stderr,
    kill,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) await kill('SIGKILL');
    },
  };
}
