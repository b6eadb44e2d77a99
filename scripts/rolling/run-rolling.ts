import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { type ServerProcess, startProcess } from '../bench/start-process.ts';
import { kinds, RollingClient, type Tally } from './clients.ts';
import { LoadBalancer } from './load-balancer.ts';

export interface RollingOptions {
  /** Of a PostgreSQL database. */
  storeUrl: string;
  restarts: number;
  /** Clients of each kind, half of them with kept connections. */
  clients: number;
  /** Settings of the servers. */
  settings: Record<string, string>;
}

const checkMs = 200;
const pollMs = 50;
const readyMs = 60_000;

/** Restarts two servers in turn while clients use them through a balancer. Returns the requests and their failures. */
export async function runRolling({ storeUrl, restarts, clients, settings }: RollingOptions): Promise<Tally> {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await startProcess('scripts/soak/servers/upstream.ts'));
  const ports = [await findFreePort(), await findFreePort()];
  const start = (port: number) =>
    startProcess('src/main.ts', {
      environment: {
        API_SERVER_PORT: `${port}`,
        AGENT_URL: `${upstream.url}/v1`,
        STORE_URL: storeUrl,
        LOG_LEVEL: 'error',
        ...settings,
      },
    });
  const servers: ServerProcess[] = [];
  stack.defer(async () => {
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  });
  for (const port of ports) servers.push(await start(port));
  const balancer = stack.use(new LoadBalancer({ servers: servers.map(({ url }) => url), checkMs }));
  const origin = await balancer.listen();
  await Promise.all(servers.map(({ url }) => untilReady(balancer, url)));

  const tally: Tally = { counts: {}, failures: [] };
  const end = new AbortController();
  const running = startClients(origin, { clients, tally, signal: end.signal });
  for (let restart = 0; restart < restarts; restart++) {
    const index = restart % servers.length;
    const [port = 0, old] = [ports[index], servers[index]];
    await delay(1000);
    await old?.[Symbol.asyncDispose]();
    servers[index] = await start(port);
    await untilReady(balancer, servers[index].url);
  }
  await delay(1000);
  end.abort();
  await running;
  return tally;
}

interface ClientOptions {
  clients: number;
  tally: Tally;
  signal: AbortSignal;
}

async function startClients(origin: string, { clients, tally, signal }: ClientOptions): Promise<void> {
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  const running = names.flatMap((kind, one) =>
    Array.from({ length: clients }, (_, two) =>
      new RollingClient(origin, { keepAlive: two % 2 === 0 }, tally).run(kind, `${one}-${two}`, signal),
    ),
  );
  await Promise.all(running);
}

async function untilReady(balancer: LoadBalancer, server: string): Promise<void> {
  const deadline = performance.now() + readyMs;
  while (!balancer.isReady(server)) {
    if (performance.now() > deadline) throw new Error(`${server} was not ready within ${readyMs} ms.`);
    await delay(pollMs);
  }
}
