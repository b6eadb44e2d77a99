/** Two servers on one store behind a balancer, restarted in turn while clients send requests. */
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { storeKinds } from '../helpers/store-urls.ts';
import { spawnTalaria, type TestProcess } from '../helpers/talaria.ts';

export interface RestartOptions {
  restarts: number;
  /** Whether the balancer skips servers whose `/ready` is not a 200. */
  followsReady: boolean;
  settings?: Record<string, string>;
}

export interface RestartReport {
  requests: number;
  /** One line for each request without a complete 200 as its reply. */
  failures: string[];
}

const refused = 'ECONNREFUSED';
const clients = 8;
/** Interval at which the balancer polls `/ready`. */
const pollMs = 100;
/** Time under load before and after each restart. */
const pauseMs = 400;

/** Restarts the servers in turn by SIGTERM and counts the requests that fail meanwhile. */
export async function restartUnderLoad({ restarts, followsReady, settings }: RestartOptions): Promise<RestartReport> {
  await using stack = new AsyncDisposableStack();
  // The last kind is PostgreSQL if available, else SQLite.
  const store = stack.use((await storeKinds.at(-1)?.open()) ?? { url: 'memory:', async [Symbol.asyncDispose]() {} });
  const common = { STORE_URL: store.url, LOG_LEVEL: 'error', ...settings };
  const backends = [new Backend(await spawnTalaria(common)), new Backend(await spawnTalaria(common))];
  for (const backend of backends) stack.use(backend);
  const balancer = new Balancer(backends);
  const report: RestartReport = { requests: 0, failures: [] };
  let isOver = false;
  const poll = async () => {
    while (!isOver && followsReady) {
      await Promise.all(backends.map((backend) => backend.look()));
      await delay(pollMs);
    }
  };
  const work = async (client: number) => {
    for (let turn = 0; !isOver; turn++) {
      report.requests += 1;
      const failure = await balancer.send(bodies[(client + turn) % bodies.length] ?? {});
      if (failure !== undefined) report.failures.push(failure);
      // A pause leaves the connection idle, so that a closing server may reset it.
      await delay((client * 7 + turn) % 13);
    }
  };
  const load = [poll(), ...Array.from({ length: clients }, (_, client) => work(client))];
  for (let restart = 0; restart < restarts; restart++) {
    await delay(pauseMs);
    await backends[restart % backends.length]?.restart(common);
  }
  await delay(pauseMs);
  isOver = true;
  await Promise.all(load);
  return report;
}

const bodies = [
  { input: 'Hello.', store: false },
  { input: 'Hello.' },
  { input: '/tokens 20 delay 5ms', stream: true },
  { input: '/tokens 5', stream: true, store: false },
];

/** A server with the same address before and after a restart. */
class Backend implements AsyncDisposable {
  isReady = true;
  readonly agent = new Agent({ keepAlive: true });
  readonly url: string;
  #server: TestProcess;

  constructor(server: TestProcess) {
    this.#server = server;
    this.url = server.url;
  }

  async restart(settings: Record<string, string>): Promise<void> {
    const code = await this.#server.kill('SIGTERM');
    if (code !== 0) throw new Error(`The server ended with ${code}: ${this.#server.stderr()}`);
    this.#server = await spawnTalaria({ ...settings, API_SERVER_PORT: new URL(this.url).port });
  }

  async look(): Promise<void> {
    this.isReady = await fetch(`${this.url}/ready`).then(
      async (reply) => {
        await reply.text();
        return reply.status === 200;
      },
      () => false,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.agent.destroy();
    await this.#server[Symbol.asyncDispose]();
  }
}

/** Sends requests in turn on kept-alive connections. Retries on the other server only when it cannot connect. */
class Balancer {
  readonly #backends: Backend[];
  #next = 0;

  constructor(backends: Backend[]) {
    this.#backends = backends;
  }

  /** Resolves with the failed requests. */
  async send(body: object): Promise<string | undefined> {
    const [first, ...others] = this.#inTurn();
    let failure = await this.#try(first, body);
    for (const other of others) if (failure === refused) failure = await this.#try(other, body);
    return failure;
  }

  async #try(backend: Backend | undefined, body: object): Promise<string | undefined> {
    if (!backend) return 'there is no server';
    return post(backend, body).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
  }

  /** Lists ready servers first. */
  #inTurn(): Backend[] {
    this.#next += 1;
    const start = this.#next % this.#backends.length;
    const turned = [...this.#backends.slice(start), ...this.#backends.slice(0, start)];
    return [...turned.filter(({ isReady }) => isReady), ...turned.filter(({ isReady }) => !isReady)];
  }
}

function post({ url, agent }: Backend, body: object): Promise<string | undefined> {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/v1/responses`, { method: 'POST', agent, headers }, async (incoming) => {
      try {
        let received = '';
        for await (const chunk of incoming) received += chunk;
        const isWhole = incoming.statusCode === 200 && /"completed"|\[DONE\]/.test(received);
        resolve(isWhole ? undefined : `${incoming.statusCode} ${received.slice(-300)}`);
      } catch (error) {
        reject(error);
      }
    });
    outgoing.on('error', reject).end(text);
  });
}
