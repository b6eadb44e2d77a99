import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limits } from '../config/limits.ts';

export interface ListenOptions {
  host: string;
  port: number;
  /** The prefix of the variables that configure this address, which the error of a failed start names. */
  variables?: 'METRICS';
}

/** Listens and resolves with the URL, such as `http://127.0.0.1:8642`. Rejects if the port is in use. */
export function listen(server: Server, { host, port, variables }: ListenOptions): Promise<string> {
  return new Promise((resolve, rejectWith) => {
    const reject = (error: Error) => rejectWith(Object.assign(error, { variables }));
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
