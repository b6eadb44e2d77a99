/** The first floor: parses the request, forwards it, pipes the bytes back. What any gateway in Node pays at least. */
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
