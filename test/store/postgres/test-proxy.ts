import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy between a store and its server that simulates network failures. */
export class TestProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #mode: 'pass' | 'refuse' | 'swallow' | 'mute' = 'pass';

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async start(serverUrl: string): Promise<TestProxy> {
    const { hostname, port } = new URL(serverUrl);
    const proxy = new TestProxy({ host: hostname, port: Number(port || 5432) });
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The URL through this proxy. */
  through(url: string): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('A proxy has no port.');
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = `${address.port}`;
    return proxied.href;
  }

  /** Resets every connection, and new ones at once. */
  refuse(): void {
    this.#mode = 'refuse';
    this.cut();
  }

  /** Drops all data in both directions without closing the connections. */
  swallow(): void {
    this.#mode = 'swallow';
  }

  /** Drops the answers of the server, which still receives the statements. */
  mute(): void {
    this.#mode = 'mute';
  }

  pass(): void {
    this.#mode = 'pass';
  }

  cut(): void {
    // Node never closes a socket that is reset after its end, and the process could not exit.
    for (const socket of this.#sockets) socket.writableEnded ? socket.destroy() : socket.resetAndDestroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    this.#keep(socket);
    if (this.#mode === 'refuse') {
      socket.resetAndDestroy();
      return;
    }
    const upstream = connect(this.#target);
    this.#keep(upstream);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      from.on('data', (chunk) => {
        const isLost = this.#mode === 'swallow' || (this.#mode === 'mute' && to === socket);
        if (!isLost) to.write(chunk);
      });
      from.on('close', () => to.destroy());
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
