import { type ServerProcess as Started, startProcess } from '../bench/start-process.ts';

/** The upstream, which can be killed and restarted on its port. */
export class UpstreamProcess implements AsyncDisposable {
  #process: Started;

  private constructor(started: Started) {
    this.#process = started;
  }

  static async start(): Promise<UpstreamProcess> {
    return new UpstreamProcess(await startProcess('scripts/soak/servers/upstream.ts'));
  }

  get url(): string {
    return this.#process.url;
  }

  /** Kills the process without warning. */
  async kill(): Promise<void> {
    process.kill(this.#process.pid, 'SIGKILL');
    await this.#process[Symbol.asyncDispose]();
  }

  async restart(): Promise<void> {
    const environment = { PORT: new URL(this.url).port };
    this.#process = await startProcess('scripts/soak/servers/upstream.ts', { environment });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process[Symbol.asyncDispose]();
  }
}
