import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';

export interface TestProxy extends AsyncDisposable {
  /** The URL, with credentials if it requires them. */
  url: string;
  /** The request lines that it received: `CONNECT host:port` or `POST http://…`. */
  seen: string[];
  /** Connections that are open. */
  readonly open: number;
}

/** Starts an HTTP proxy that forwards and tunnels everything to one port of this machine. */
export async function startProxy(port: number, credentials?: string): Promise<TestProxy> {
  const seen: string[] = [];
  let open = 0;
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const proxy = createServer((incoming, reply) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    if (incoming.headers['proxy-authorization'] !== expected) {
      reply.writeHead(407).end('who are you?');
      return;
    }
    const { pathname, search, host } = new URL(incoming.url ?? '');
    if (incoming.headers.host !== host) seen.push(`host ${incoming.headers.host}`);
    const options = { port, host: '127.0.0.1', path: pathname + search, method: incoming.method ?? '' };
    const outgoing = forward({ ...options, headers: incoming.headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(reply);
    });
    outgoing.on('error', () => reply.destroy());
    reply.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  proxy.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    if (incoming.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) {
      end.on('error', () => {});
      end.on('close', () => {
        upstream.destroy();
        socket.destroy();
      });
    }
  });
  proxy.on('connection', (socket) => {
    open++;
    socket.on('close', () => open--);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://${credentials ? `${credentials}@` : ''}127.0.0.1:${address.port}`,
    seen,
    get open() {
      return open;
    },
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
