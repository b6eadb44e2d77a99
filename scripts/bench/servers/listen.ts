import { createServer, type RequestListener } from 'node:http';

/** Connections outlast the rounds of other servers: a closed one would be an error of the floor. */
const keepAliveTimeout = 300_000;

/**
 * Listens on a free loopback port and prints the address, for which the bench waits. The listener receives POST
 * requests only: at their start servers probe the upstream, and the bench probes servers.
 */
export function listen(listener: RequestListener): void {
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    if (request.method === 'POST') listener(request, response);
    else response.writeHead(request.url === '/health' ? 200 : 404).end();
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
    const address = server.address();
    if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
  });
}
