import type { IncomingMessage } from 'node:http';

/** Calls back with the body and its parsed value. */
export function readJson<Body>(request: IncomingMessage, done: (body: Body, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const bytes = Buffer.concat(chunks);
    done(JSON.parse(bytes.toString()), bytes);
  });
}
