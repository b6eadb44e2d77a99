import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Of the server's process, by `servers/probe.ts`. */
export interface ProcessFigures {
  residentBytes: number;
  heapBytes: number;
  /** Delay of the event loop since the last look. */
  delayMs: { p50: number; p99: number; max: number };
}

const root = new URL('../../', import.meta.url);
const answerMs = 60_000;
const nanosecondsPerMillisecond = 1e6;

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

  /** Returns the milliseconds that its main thread has run, and has waited for a core, since its start. */
  schedule(): { cpuMs: number; waitMs: number } {
    const [cpu = 0, wait = 0] = readFileSync(`/proc/${this.pid}/schedstat`, 'utf8').split(' ').map(Number);
    return { cpuMs: cpu / nanosecondsPerMillisecond, waitMs: wait / nanosecondsPerMillisecond };
  }

  /** Counts its open files, and the sockets among them. */
  openFiles(): { files: number; sockets: number } {
    const directory = `/proc/${this.pid}/fd`;
    const files = readdirSync(directory);
    return { files: files.length, sockets: files.filter((file) => isSocket(`${directory}/${file}`)).length };
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
