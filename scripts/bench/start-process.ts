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
  /** Working directory; omitted: this repository. */
  directory?: string;
  /** Target of its standard error: the terminal, unless it is a log. */
  log?: 'shown' | 'discarded';
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts a script of this repository and waits for the address that it prints. */
export const startProcess = (script: string, options: ProcessOptions = {}): Promise<ServerProcess> =>
  startNode([script], options);

/**
 * Starts node and waits for the address that it prints. A discarded log costs the process as much as a stored one. A
 * compile cache of this process is not used, because a user has none. Disposing sends SIGTERM and waits.
 */
export async function startNode(argv: readonly string[], options: ProcessOptions = {}): Promise<ServerProcess> {
  const { NODE_COMPILE_CACHE: _, ...inherited } = process.env;
  const child = spawn(process.execPath, argv, {
    cwd: options.directory ?? root,
    env: { ...inherited, ...options.environment },
    stdio: ['ignore', 'pipe', options.log === 'discarded' ? 'ignore' : 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([readAddress(child.stdout), exited.then(([code]) => `an exit with ${code}`)]);
  if (!url.startsWith('http')) throw new Error(`${argv.join(' ')} exited before it listened (${url}).`);
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
