import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type OpenAI from 'openai';
import { localStores } from './local-stores.ts';
import { createClient } from './talaria.ts';

export interface TestProcess extends AsyncDisposable {
  url: string;
  openai: OpenAI;
  process: ChildProcess;
  /** Returns its standard error so far. */
  stderr(): string;
  /** Sends a signal. Resolves with the exit code, or the signal that ended the process. */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** Starts `node src/main.ts` as a child process, for tests that kill it. Resolves when it listens. */
export async function spawnTalaria(
  settings: Record<string, string> = {},
  options: { cwd?: string } = {},
): Promise<TestProcess> {
  const stack = new AsyncDisposableStack();
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const env = {
    ...process.env,
    API_SERVER_PORT: '0',
    STORE_URL: 'memory:',
    // There is no load balancer to wait for.
    API_SERVER_DRAIN_MS: '0',
    ...settings,
    ...(await workerSettings(settings, stack)),
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
    child.once('exit', (code) => reject(new Error(`The server exited with ${code} before it listened: ${stderr}`)));
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
      await stack.disposeAsync();
    },
  };
}

/** The settings of `npm run test:workers`: several processes, which cannot share a store in memory. */
async function workerSettings(
  { STORE_URL = 'memory:' }: Record<string, string>,
  stack: AsyncDisposableStack,
): Promise<Record<string, string>> {
  const workers = process.env['TALARIA_TEST_WORKERS'];
  if (workers === undefined) return {};
  const [, sqlite] = localStores;
  if (!STORE_URL.startsWith('memory:') || sqlite === undefined) return { WORKERS: workers };
  return { WORKERS: workers, STORE_URL: stack.use(await sqlite.open()).url };
}
