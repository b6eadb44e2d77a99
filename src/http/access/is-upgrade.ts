import type { IncomingMessage } from 'node:http';

/**
 * Does a request ask for another protocol, so that a plain reply would be of no use? HTTP/2 in clear text is only offered,
 * by some HTTP clients (Java's own among them) with every request: RFC 9110, 7.8, lets a server pass over that.
 */
export function isUpgrade({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.upgrade?.toLowerCase() !== 'h2c';
}
