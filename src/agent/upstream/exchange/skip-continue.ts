import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

const interimHead = Buffer.from('HTTP/1.1 1');
const continueHead = Buffer.from('HTTP/1.1 100');
const headEnd = '\r\n\r\n';
/** A longer head is passed to undici, which refuses it. */
const maxHeadBytes = 16 * 1024;

/**
 * Wraps a connector so that an unexpected `100 Continue` is dropped before undici reads it. RFC 9110, section 15.2,
 * requires clients to ignore it, but undici 8 destroys the socket ("bad response", `onHeadersComplete` in
 * `lib/dispatcher/client-h1.js`). Other interim responses pass.
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

/** Filters what undici reads. A head can begin only after undici has written a request, or after another head. */
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
      const { kept, incomplete } = dropContinues(held === undefined ? chunk : Buffer.concat([held, chunk]));
      held = incomplete;
      isHeadDue = kept.isInterim;
      if (kept.bytes.length > 0) return kept.bytes;
    }
  };
}

interface Filtered {
  /** `isInterim`: it contains only heads of interim responses. */
  kept: { bytes: Buffer; isInterim: boolean };
  /** The beginning of an interim head that is still incomplete. */
  incomplete: Buffer | undefined;
}

function dropContinues(bytes: Buffer): Filtered {
  const kept: Buffer[] = [];
  let rest = bytes;
  while (isInterimHead(rest)) {
    const end = rest.indexOf(headEnd);
    if (end === -1) {
      if (rest.length > maxHeadBytes) break;
      return { kept: { bytes: Buffer.concat(kept), isInterim: true }, incomplete: rest };
    }
    const head = rest.subarray(0, end + headEnd.length);
    if (!head.subarray(0, continueHead.length).equals(continueHead)) kept.push(head);
    rest = rest.subarray(head.length);
  }
  const isInterim = rest.length === 0;
  return {
    kept: { bytes: kept.length === 0 ? rest : Buffer.concat([...kept, rest]), isInterim },
    incomplete: undefined,
  };
}

/** Whether the bytes so far can be the head of a 1xx response. */
function isInterimHead(bytes: Buffer): boolean {
  const begun = bytes.subarray(0, interimHead.length);
  return begun.length > 0 && begun.equals(interimHead.subarray(0, begun.length));
}
