import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ServerProcess extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  pid: number;
}

export interface ProcessOptions {
  environment?: Record<string, string>;
  /** Options of node itself. */
  nodeOptions?: string[];
  /** Target of its standard error: the terminal, unless it is a log. */
  log?: 'shown' | 'discarded';
}

const root = new URL('../../', import.meta.url);

/**
 * Starts a script of this repository and waits for the address that it prints. A discarded log costs the script as much
 * as a stored one. Disposing sends SIGTERM and waits.
 */
export async function startProcess(script: string, options: ProcessOptions = {}): Promise<ServerProcess> {
  const argv = [...(options.nodeOptions ?? []), fileURLToPath(new URL(script, root))];
  const env = { ...process.env, ...options.environment };
  const child = spawn(process.execPath, argv, {
    env,
    stdio: ['ignore', 'pipe', options.log === 'discarded' ? 'ignore' : 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([readAddress(child.stdout), exited.then(([code]) => `an exit with ${code}`)]);
  if (!url.startsWith('http')) throw new Error(`${script} exited before it listened (${url}).`);
  return {
    url,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function readAddress(stdout: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stdout.on('data', (chunk) => {
      text += chunk;
      const url = /http:\/\/[\d.:]+(?=\s)/.exec(text)?.[0];
      if (url) resolve(url);
    });
  });
}
