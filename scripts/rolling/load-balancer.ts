/**
 * Distributes requests to the ready servers in turn, over kept connections. A server is
 * skipped while `/ready` fails. A request is tried elsewhere only if its connection is refused, so every other failure
 * of a server reaches the client.
 */
import { Agent, createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface LoadBalancerOptions {
  /** The origins of the servers. */
  servers: readonly string[];
  /** Between two checks of a server. */
  checkMs: number;
}

export class LoadBalancer implements Disposable {
  readonly #options: LoadBalancerOptions;
  readonly #ready = new Set<string>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #stop = new AbortController();
  readonly #server = createServer((incoming, reply) => void this.#forward(incoming, reply));
  #next = 0;

  constructor(options: LoadBalancerOptions) {
    this.#options = options;
  }

  /** Resolves with the origin of the proxy. */
  listen(): Promise<string> {
    for (const server of this.#options.servers) void this.#check(server);
    return new Promise((resolve) => {
      this.#server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
        const address = this.#server.address();
        if (typeof address === 'object' && address) resolve(`http://127.0.0.1:${address.port}`);
      });
    });
  }

  isReady(server: string): boolean {
    return this.#ready.has(server);
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#agent.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #check(server: string): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const reply = await fetch(`${server}/ready`, { signal }).catch(() => undefined);
      if (reply?.ok) this.#ready.add(server);
      else this.#ready.delete(server);
      await reply?.body?.cancel();
      await delay(this.#options.checkMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #forward(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    this.#try([...this.#inTurn()], { incoming, body: Buffer.concat(chunks), reply });
  }

  #inTurn(): string[] {
    const servers = this.#options.servers.filter((server) => this.#ready.has(server));
    const first = this.#next++ % Math.max(1, servers.length);
    return [...servers.slice(first), ...servers.slice(0, first)];
  }

  #try(
    [server, ...others]: string[],
    exchange: { incoming: IncomingMessage; body: Buffer; reply: ServerResponse },
  ): void {
    const { incoming, body, reply } = exchange;
    if (server === undefined) return void reply.writeHead(502).end('no server is ready');
    const { method, url, headers } = incoming;
    const outgoing = open(server + url, { method, headers, agent: this.#agent }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'keep-alive' });
      answer.pipe(reply);
      answer.on('error', () => reply.destroy());
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return this.#try(others, exchange);
      if (reply.headersSent) return reply.destroy();
      return reply.writeHead(502).end(`${error.code} of ${server}: ${error.message}`);
    });
    reply.on('close', () => outgoing.destroy());
    outgoing.end(body);
  }
}
