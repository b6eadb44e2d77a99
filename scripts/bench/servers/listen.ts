import { createServer, type RequestListener } from 'node:http';

/** Listens on a free loopback port and prints the address, for which the bench waits. */
export function listen(listener: RequestListener): void {
  const server = createServer(listener);
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
    const address = server.address();
    if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
  });
}
