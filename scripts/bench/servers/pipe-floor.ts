/** The first floor: parses the request, forwards it and pipes the bytes back. The minimum cost of a gateway in Node. */
import { createForwarder } from './forward.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';

const forward = createForwarder();

listen((request, response) => {
  readJson(request, (_body, bytes) => {
    forward(bytes, response, {
      start: (contentType) => response.writeHead(200, { 'content-type': contentType }),
      data: (chunk) => response.write(chunk),
      end: () => response.end(),
    });
  });
});
