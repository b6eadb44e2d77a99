import { setTimeout as pause } from 'node:timers/promises';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';

/** The server or its database was killed: the outcome of a request is unknown. */
export class ServerGone extends Error {}

/** The server replied that it cannot reach its database. */
export class StoreOutOfReach extends Error {}

/** Maximum milliseconds until a server notices that the database is back. */
const noticedMs = 5_000;
/** Delay of a retry while the database is unavailable. */
const outOfReachPauseMs = 50;

/** Longer than any reply of a live server takes on a loaded machine. */
const replyMs = 30_000;

/** A server that is killed at any moment and restarted on the same store. */
export class Victim implements AsyncDisposable {
  kills = 0;
  /** Kills of its database. */
  outages = 0;
  readonly #settings: () => Record<string, string>;
  #process: TestProcess | undefined;
  #isUp = Promise.withResolvers<void>();
  #startedAt = 0;
  /** Time until which it may reply that its database is unavailable. */
  #outageEnd = Number.NEGATIVE_INFINITY;

  /** Calls `settings` before each start. */
  constructor(settings: () => Record<string, string>) {
    this.#settings = settings;
  }

  get isUp(): boolean {
    return this.#process !== undefined;
  }

  /** Milliseconds that it has been up, with its database. */
  get upMs(): number {
    return Date.now() - Math.max(this.#startedAt, this.#outageEnd);
  }

  /** Kills and outages. Each may cut requests off, and make the agent be called again. */
  get troubles(): number {
    return this.kills + this.outages;
  }

  /** Kills and outages that cannot affect a request that starts now. */
  get pastTroubles(): number {
    return this.troubles - (Date.now() < this.#outageEnd ? 1 : 0);
  }

  async start(): Promise<void> {
    this.#process = await spawnTalaria(this.#settings());
    this.#startedAt = Date.now();
    this.#isUp.resolve();
  }

  /** Resolves once it is dead. Its running requests reject with `ServerGone`. */
  async kill(): Promise<void> {
    const killed = this.#process;
    this.#process = undefined;
    this.#isUp = Promise.withResolvers();
    this.kills += 1;
    await killed?.kill('SIGKILL');
  }

  /** Records an outage of the database, which `happen` causes and ends. */
  async loseDatabase(happen: () => Promise<void>): Promise<void> {
    this.outages += 1;
    this.#outageEnd = Number.POSITIVE_INFINITY;
    await happen();
    this.#outageEnd = Date.now() + noticedMs;
  }

  /** Resolves when the server is up. */
  untilUp(): Promise<void> {
    return this.#isUp.promise;
  }

  /** Waits until the server is up, and sends a request. `read` must read the whole reply. */
  async ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    await this.#isUp.promise;
    const asked = this.#process;
    try {
      const signal = AbortSignal.timeout(replyMs);
      const headers = new Headers(init.headers);
      // An idle connection that the server closes the moment it is used again looks like its death.
      headers.set('connection', 'close');
      const response = await fetch(`${asked?.url}${path}`, { signal, ...init, headers });
      // A replay is a regular reply, even if it reports an earlier outage of the database.
      const isReplayed = response.headers.get('idempotency-replayed') === 'true';
      if (response.status === 503 && !isReplayed) throw new StoreOutOfReach(await response.text());
      return await read(response);
    } catch (error) {
      if (error instanceof StoreOutOfReach && Date.now() < this.#outageEnd) {
        await pause(outOfReachPauseMs);
        throw new ServerGone('the database was out of reach', { cause: error });
      }
      // A connection may break just before the kill is recorded here.
      if (isBroken(error)) await pause(0);
      if (isBroken(error) && asked !== this.#process) throw new ServerGone('the server was killed', { cause: error });
      if (isBroken(error)) throw new Error(`A connection broke. ${await describeState(asked)}`, { cause: error });
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
  }
}

/** Describes the state of a server that this test did not kill. */
async function describeState(asked: TestProcess | undefined): Promise<string> {
  // If it has died, its exit is recorded within this time.
  await pause(1000);
  const { exitCode = null, signalCode = null } = asked?.process ?? {};
  if (exitCode === null && signalCode === null) return 'The server lives.';
  return `The server ended on its own with ${exitCode ?? signalCode}: ${asked?.stderr()}`;
}

/** Whether `fetch` or a body failed because the connection broke. */
const isBroken = (error: unknown): boolean => error instanceof TypeError;
