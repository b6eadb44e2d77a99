import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LoadJob, LoadMessage, LoadOutcome } from './load-job.ts';

/** The process that holds the clients. */
export class ClientProcess implements Disposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(): Promise<ClientProcess> {
    const child = fork(new URL('main.ts', import.meta.url), {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return new ClientProcess(child);
  }

  /** Runs a job. Calls back when every client has read a first token. */
  run(job: LoadJob, onStarted?: () => void): Promise<LoadOutcome> {
    return new Promise((resolve, reject) => {
      this.#child.removeAllListeners();
      this.#child.on('message', (message: LoadMessage) => {
        if (message === 'started') onStarted?.();
        else if (message !== 'ready') resolve(message);
      });
      this.#child.once('exit', (code) => reject(new Error(`The clients exited with ${code}.`)));
      this.#child.send(job);
    });
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }
}
