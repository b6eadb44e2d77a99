import type { IncomingMessage } from 'node:http';

/**
 * Whether an `Upgrade` header must be honoured. Some HTTP clients, Java's own among them, offer cleartext HTTP/2 with
 * every request, which a server may ignore (RFC 9110, 7.8).
 */
export function isUpgrade({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.upgrade?.toLowerCase() !== 'h2c';
}
