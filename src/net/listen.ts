import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limits } from '../config/limits.ts';

/** Listens and resolves with the URL, such as `http://127.0.0.1:8642`. Rejects if the port is in use. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: limits.listenBacklog }, () => {
      server.off('error', reject);
      resolve(toUrl(server.address(), host));
    });
  });
}

function toUrl(address: string | AddressInfo | null, host: string): string {
  const port = typeof address === 'object' && address ? address.port : '';
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
