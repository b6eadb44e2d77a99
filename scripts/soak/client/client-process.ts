import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LoadJob, LoadOutcome } from './load-job.ts';

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

  async run(job: LoadJob, signal?: AbortSignal): Promise<LoadOutcome> {
    this.#child.send(job);
    const [outcome] = await once(this.#child, 'message', signal === undefined ? {} : { signal });
    // The process sends nothing else.
    return outcome as LoadOutcome;
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }
}
