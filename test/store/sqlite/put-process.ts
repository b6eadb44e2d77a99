import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isResponseId, type ResponseId } from '../../../src/ids.ts';

const script = fileURLToPath(import.meta.resolve('./children/put-chain.ts'));

/** Another process that puts a chain into a file. */
export class PutProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(file: string, length: number) {
    const child = spawn(process.execPath, [script, file, String(length)], { stdio: ['pipe', 'pipe', 'inherit'] });
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

  /** The ids acknowledged, at most so many, until it ends. */
  async acknowledged(atMost = Number.POSITIVE_INFINITY): Promise<ResponseId[]> {
    const ids: ResponseId[] = [];
    while (ids.length < atMost) {
      const line = await this.#lines.next();
      if (line.done) break;
      if (isResponseId(line.value)) ids.push(line.value);
    }
    return ids;
  }

  /** `kill -9`; what it had acknowledged can still be read. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Its exit code; `null` when it was killed. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  [Symbol.dispose](): void {
    this.kill();
  }
}
