import type { ServerResponse } from 'node:http';
import type { WireFault } from '../../exchange.ts';
import { sseDone } from '../../sse/encode-sse.ts';
import { cutBody } from './cut-body.ts';
import { drop, hang, mute } from './drop-connection.ts';

/** The frame of `malformed` without its own: JSON that breaks off. */
const brokenFrame = 'data: {"id":"\n\n';

/**
 * Disturbs a reply by replacing methods of this one response, so that other replies pay nothing. A stream is disturbed
 * at once; another reply once its body is known, unless the fault comes before it.
 */
export function disturbReply(response: ServerResponse, fault: WireFault, { isStream }: { isStream: boolean }): void {
  const cutsBody = fault.kind !== 'hang' && (fault.isMidway || fault.kind === 'malformed');
  if (!isStream && cutsBody) return cutBody(response, fault.kind);
  switch (fault.kind) {
    case 'reset':
    case 'close':
      return drop(response, fault.kind);
    case 'hang':
      return hang(response);
    case 'end':
      return endEarly(response, isStream);
    case 'malformed':
      return insert(response, fault.frame ?? brokenFrame);
    case 'no-done':
      return omitDone(response);
    default:
      fault.kind satisfies never;
  }
}

function endEarly(response: ServerResponse, isStream: boolean): void {
  const type = isStream ? 'text/event-stream; charset=utf-8' : 'application/json; charset=utf-8';
  if (!response.headersSent) response.writeHead(200, { 'content-type': type });
  response.end();
  mute(response);
}

/** Inserts text into a stream: now, or with its head. */
function insert(response: ServerResponse, frame: string): void {
  if (response.headersSent) {
    response.write(frame);
    return;
  }
  const write = response.write.bind(response);
  Object.assign(response, {
    write(chunk: string) {
      Object.assign(response, { write });
      return write(frame + chunk);
    },
  });
}

function omitDone(response: ServerResponse): void {
  const end = response.end.bind(response);
  Object.assign(response, { end: (chunk?: string) => (chunk === sseDone ? end() : end(chunk)) });
}
