/**
 * The first floor: parses the request, forwards it and passes the bytes back. The minimum cost of a gateway in Node.
 */
import type { ServerResponse } from 'node:http';
import { createForwarder, type Receiver } from './forward.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';

const forward = createForwarder();

listen((request, response) => {
  readJson<{ stream?: boolean }>(request, ({ stream }, bytes) => {
    if (stream) forward.stream(bytes, response, pipeTo(response));
    else forward.whole(bytes, response, (text) => text);
  });
});

function pipeTo(response: ServerResponse): Receiver {
  return {
    start: () => response.writeHead(200, { 'content-type': 'text/event-stream' }),
    data: (chunk) => response.write(chunk),
    end: () => response.end(),
  };
}
