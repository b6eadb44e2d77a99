import OpenAI from 'openai';
import { type Config, toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLog } from '../../src/log.ts';
import { type ServerOptions, startServer } from '../../src/server.ts';
import { checkedFetch } from './contract-check.ts';

export interface TestServer extends AsyncDisposable {
  url: string;
  /** The official SDK, without retries. Every reply is checked against the contract. */
  openai: OpenAI;
}

/** Returns a configuration for tests, on a free port. Names as in the environment: `{ STORE_URL: 'memory:' }`. */
function testConfig(settings: Record<string, string>): Config {
  const variables: Record<string, string> = {
    API_SERVER_PORT: '0',
    STORE_URL: 'memory:',
    LOG_LEVEL: 'silent',
    ...settings,
  };
  // Without TALARIA_CONFIG no file is read: the working directory may contain a talaria.yaml.
  return variables['TALARIA_CONFIG'] === undefined ? toConfig(readEnvironment(variables)) : loadConfig(variables);
}

/**
 * Starts a server in this process, on a real socket. By default with the offline agent and the memory store. For
 * `npm run test:workers`, starts one with workers and SQLite instead, in processes of its own.
 */
export async function startTalaria(
  settings: Record<string, string> = {},
  options: ServerOptions = {},
): Promise<TestServer> {
  if (process.env['TALARIA_TEST_WORKERS'] !== undefined) return await spawnWorkers(settings);
  const config = testConfig(settings);
  const server = await startServer(config, createLog(config.logLevel), options);
  return {
    url: server.url,
    openai: createClient(server.url, settings['API_SERVER_KEY']),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function spawnWorkers(settings: Record<string, string>): Promise<TestServer> {
  const { spawnTalaria } = await import('./spawn-talaria.ts');
  return await spawnTalaria({ LOG_LEVEL: 'silent', ...settings });
}

export function createClient(url: string, key: string | undefined = undefined): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: key ?? 'none', maxRetries: 0, fetch: checkedFetch });
}

/** Posts JSON, and checks the reply against the contract: for requests that the SDK cannot send. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return checkedFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
