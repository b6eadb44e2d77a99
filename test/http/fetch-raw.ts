import { get, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Requests an encoding and returns the body as it was sent. */
export function fetchRaw(url: string, encoding: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (reply) => {
      buffer(reply).then((body) => resolve({ headers: reply.headers, body }), reject);
    }).on('error', reject);
  });
}
