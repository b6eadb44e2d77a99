import { setTimeout as pause } from 'node:timers/promises';
import { spawnTalaria, type TestProcess } from '../helpers/talaria.ts';

/** The connection broke because the server was killed: what it would have said is not known. */
export class ServerGone extends Error {}

/** Longer than any answer of a server that lives takes, on a machine that has other work to do. */
const replyMs = 30_000;

/** A server that is killed and started again on the same store, whatever it is doing. */
export class Victim implements AsyncDisposable {
  kills = 0;
  readonly #settings: () => Record<string, string>;
  #process: TestProcess | undefined;
  #isUp = Promise.withResolvers<void>();
  #startedAt = 0;

  /** `settings` is asked before each start. */
  constructor(settings: () => Record<string, string>) {
    this.#settings = settings;
  }

  /** How long it lives already. */
  get upMs(): number {
    return Date.now() - this.#startedAt;
  }

  async start(): Promise<void> {
    this.#process = await spawnTalaria(this.#settings());
    this.#startedAt = Date.now();
    this.#isUp.resolve();
  }

  /** Resolves once it is dead. What it was doing rejects with `ServerGone`. */
  async kill(): Promise<void> {
    const killed = this.#process;
    this.#process = undefined;
    this.#isUp = Promise.withResolvers();
    this.kills += 1;
    await killed?.kill('SIGKILL');
  }

  /** Waits until there is a server, and asks it. `read` is to read what it answers. */
  async ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    await this.#isUp.promise;
    const asked = this.#process;
    try {
      const signal = AbortSignal.timeout(replyMs);
      const headers = new Headers(init.headers);
      // An idle connection that the server closes the moment it is used again looks like its death.
      headers.set('connection', 'close');
      return await read(await fetch(`${asked?.url}${path}`, { signal, ...init, headers }));
    } catch (error) {
      // A connection may break a moment before the news of the death arrives here.
      if (isBroken(error)) await pause(0);
      if (isBroken(error) && asked !== this.#process) throw new ServerGone('the server was killed', { cause: error });
      if (isBroken(error)) throw new Error(`A connection broke. ${await tellState(asked)}`, { cause: error });
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
  }
}

/** What became of a server that nobody killed. */
async function tellState(asked: TestProcess | undefined): Promise<string> {
  // If it died, its exit is about to be known.
  await pause(1000);
  const { exitCode = null, signalCode = null } = asked?.process ?? {};
  if (exitCode === null && signalCode === null) return 'The server lives.';
  return `The server ended by itself with ${exitCode ?? signalCode}: ${asked?.stderr()}`;
}

/** What `fetch` and its bodies throw for a connection that broke. */
const isBroken = (error: unknown): boolean => error instanceof TypeError;
