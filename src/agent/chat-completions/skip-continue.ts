import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

const interim = Buffer.from('HTTP/1.1 100');
const headEnd = '\r\n\r\n';
/** A longer head is left to undici, which refuses it. */
const longestHead = 16 * 1024;

/**
 * Wraps a connector so that an unasked `100 Continue` is dropped before undici reads it: RFC 9110 (15.2) wants a client to
 * ignore it, and undici 8 destroys the socket ("bad response", `onHeadersComplete` in `lib/dispatcher/client-h1.js`),
 * before any handler could decide. Other interim answers pass.
 */
export function skipContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      skipOn(socket);
      callback(null, socket);
    });
}

/** undici writes a request and then calls `read` until it returns null: only after a write can a head begin. */
function skipOn(socket: Socket): void {
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let isHeadDue = true;
  let held: Buffer | undefined;

  socket.write = (...args: unknown[]): boolean => {
    isHeadDue = true;
    return write(...args);
  };
  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const chunk: Buffer | null = read(size);
      if (!isHeadDue || chunk === null) return chunk;
      const bytes = held === undefined ? chunk : Buffer.concat([held, chunk]);
      held = undefined;
      const rest = dropContinues(bytes);
      if (rest === undefined) {
        held = bytes;
        continue;
      }
      if (rest.length === 0) continue;
      isHeadDue = false;
      return rest;
    }
  };
}

/** Returns the bytes after any `100 Continue`; `undefined`: the beginning of one, which more bytes must complete. */
function dropContinues(bytes: Buffer): Buffer | undefined {
  let rest = bytes;
  for (;;) {
    const begun = Math.min(rest.length, interim.length);
    if (begun === 0 || !rest.subarray(0, begun).equals(interim.subarray(0, begun))) return rest;
    const end = rest.indexOf(headEnd);
    if (end === -1) return rest.length > longestHead ? rest : undefined;
    rest = rest.subarray(end + headEnd.length);
  }
}
