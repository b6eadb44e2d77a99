import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { WireFault } from '../../exchange.ts';
import { drop } from './drop-connection.ts';

/** Sends half of a body, and disturbs the rest. The reply is written in one piece: by `writeHead` and `end`. */
export function cutBody(response: ServerResponse, kind: WireFault['kind']): void {
  const writeHead = response.writeHead.bind(response);
  const end = response.end.bind(response);
  const isOrderly = kind === 'end' || kind === 'malformed';
  Object.assign(response, {
    // A body that is only cut must not contradict its length.
    writeHead: (status: number, { 'content-length': length, ...headers }: OutgoingHttpHeaders = {}) =>
      writeHead(status, isOrderly ? headers : { ...headers, 'content-length': length }),
    end: (text = '') => {
      const half = text.slice(0, Math.ceil(text.length / 2));
      if (isOrderly) return end(half);
      response.write(half);
      if (kind === 'reset' || kind === 'close') drop(response, kind);
      else end(text.slice(half.length));
      return response;
    },
  });
}
