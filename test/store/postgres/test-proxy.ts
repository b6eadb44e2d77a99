import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a store and its server, and can be a bad network. */
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

  /** A URL through this proxy. */
  through(url: string): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('A proxy has no port.');
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = `${address.port}`;
    return proxied.href;
  }

  /** Breaks every connection, and those that come are broken at once. */
  refuse(): void {
    this.#mode = 'refuse';
    this.cut();
  }

  /** From now on nothing passes, in either direction, and nobody is told. */
  swallow(): void {
    this.#mode = 'swallow';
  }

  /** From now on the server hears what is sent to it, and nothing of its answers arrives. */
  mute(): void {
    this.#mode = 'mute';
  }

  pass(): void {
    this.#mode = 'pass';
  }

  cut(): void {
    // Node never closes a socket that is reset after it began to end: the process could not exit.
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
