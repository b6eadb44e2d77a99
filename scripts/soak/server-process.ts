import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCpuTime } from '../bench/process-usage.ts';

/** Of the server's process, by `servers/probe.ts`. */
export interface ProcessFigures {
  residentBytes: number;
  heapBytes: number;
  /** Delay of the event loop since the last look. */
  delayMs: { p50: number; p99: number; max: number };
  /** Active resources of Node by type, such as `Timeout`. */
  resources: Record<string, number>;
}

const root = new URL('../../', import.meta.url);
const answerMs = 60_000;

/** Talaria as a child process that answers questions about itself. */
export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    this.pid = child.pid ?? 0;
  }

  static async start(environment: Record<string, string>, profileDirectory?: string): Promise<ServerProcess> {
    const probe = new URL('servers/probe.ts', import.meta.url).href;
    const profile = profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
    const child = fork(fileURLToPath(new URL('src/main.ts', root)), [], {
      env: { ...process.env, API_SERVER_PORT: '0', LOG_LEVEL: 'warn', ...environment },
      execArgv: ['--expose-gc', '--import', probe, ...profile],
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    let text = '';
    for await (const chunk of child.stdout ?? []) {
      text += chunk;
      const url = /http:\/\/[\d.:]+(?=\s)/.exec(text)?.[0];
      if (url !== undefined) return new ServerProcess(child, url);
    }
    throw new Error(`The server exited before it listened: ${text}`);
  }

  /** Collects garbage, then measures. */
  async look(): Promise<ProcessFigures> {
    this.#child.send('look');
    const [figures] = await once(this.#child, 'message', { signal: AbortSignal.timeout(answerMs) });
    // The probe sends nothing else.
    return figures as ProcessFigures;
  }

  /** Microseconds since its start. */
  cpuTime(): number {
    return readCpuTime(this.pid);
  }

  /** Returns the number of open sockets, connections to the store included. */
  openSockets(): number {
    const directory = `/proc/${this.pid}/fd`;
    return readdirSync(directory).filter((fd) => isSocket(`${directory}/${fd}`)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}

function isSocket(path: string): boolean {
  try {
    return readlinkSync(path).startsWith('socket:');
  } catch {
    // Closed meanwhile.
    return false;
  }
}
