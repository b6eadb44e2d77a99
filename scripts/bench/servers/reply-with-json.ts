import type { ServerResponse } from 'node:http';

/** Sends a reply in one write: text goes out with the headers, bytes would need a second piece. */
export function replyWithJson(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
