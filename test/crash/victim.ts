import { setTimeout as pause } from 'node:timers/promises';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';

/** The server was killed, or its database was: what it would have said is not known. */
export class ServerGone extends Error {}

/** The server says that it can't reach its database. */
export class StoreOutOfReach extends Error {}

/** After a database has come back, until every server must have noticed. */
const noticedMs = 5_000;
/** Before somebody who was told that the database is out of reach asks again. */
const outOfReachPauseMs = 50;

/** Longer than any answer of a server that lives takes, on a machine that has other work to do. */
const replyMs = 30_000;

/** A server that is killed and started again on the same store, whatever it is doing. */
export class Victim implements AsyncDisposable {
  kills = 0;
  /** How often its database was killed. */
  outages = 0;
  readonly #settings: () => Record<string, string>;
  #process: TestProcess | undefined;
  #isUp = Promise.withResolvers<void>();
  #startedAt = 0;
  /** Until when it may say that its database is out of reach. */
  #outageEnd = Number.NEGATIVE_INFINITY;

  /** `settings` is asked before each start. */
  constructor(settings: () => Record<string, string>) {
    this.#settings = settings;
  }

  /** How long it lives already, with a database. */
  get upMs(): number {
    return Date.now() - Math.max(this.#startedAt, this.#outageEnd);
  }

  /** What stands in the way of whoever asks, and may make the agent be asked again. */
  get troubles(): number {
    return this.kills + this.outages;
  }

  /** How many of them don't concern who begins now. */
  get pastTroubles(): number {
    return this.troubles - (Date.now() < this.#outageEnd ? 1 : 0);
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

  /** `happen` kills its database and brings it back. */
  async loseDatabase(happen: () => Promise<void>): Promise<void> {
    this.outages += 1;
    this.#outageEnd = Number.POSITIVE_INFINITY;
    await happen();
    this.#outageEnd = Date.now() + noticedMs;
  }

  /** Resolves when there is a server. */
  untilUp(): Promise<void> {
    return this.#isUp.promise;
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
      const response = await fetch(`${asked?.url}${path}`, { signal, ...init, headers });
      // A replay is an answer, also when it reports that the database was out of reach.
      const isReplayed = response.headers.get('idempotency-replayed') === 'true';
      if (response.status === 503 && !isReplayed) throw new StoreOutOfReach(await response.text());
      return await read(response);
    } catch (error) {
      if (error instanceof StoreOutOfReach && Date.now() < this.#outageEnd) {
        await pause(outOfReachPauseMs);
        throw new ServerGone('the database was out of reach', { cause: error });
      }
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
