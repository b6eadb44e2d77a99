import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another process that uses a store. It reports that it is ready, waits for `start`, and writes lines. */
export class StoreProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  /** `script`: the URL of a file. */
  constructor(script: string, parameters: string[]) {
    const child = spawn(process.execPath, [fileURLToPath(script), ...parameters], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Resolves once it waits for `start`. */
  async ready(): Promise<void> {
    await this.#lines.next();
  }

  start(): void {
    this.#child.stdin?.write('\n');
  }

  /** `undefined`: the process has ended. */
  async nextLine(): Promise<string | undefined> {
    const line = await this.#lines.next();
    return line.done ? undefined : line.value;
  }

  /** Kills the process with SIGKILL. Its output can still be read. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** The exit code; `null`: it was killed. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  [Symbol.dispose](): void {
    this.kill();
  }
}
