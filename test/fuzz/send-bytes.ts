import { connect } from 'node:net';
import type { Answer } from './send-request.ts';

/** Silence after which the server is assumed to wait for more bytes. */
const quietMs = 300;

/** Writes pieces on a new connection and returns what comes back until the server closes it or falls silent. */
export function sendBytes(url: string, pieces: readonly (Buffer | string)[]): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const finish = (): void => {
      socket.destroy();
      resolve(Buffer.concat(chunks));
    };
    socket.setTimeout(quietMs, finish);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', finish);
    socket.once('close', finish);
    socket.once('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
  });
}

/** Reads the first whole HTTP answer of `bytes`; `undefined` where there is none. Interim answers are skipped. */
export function readFirstAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
  const rest = bytes.subarray(end + 4);
  if (status >= 100 && status < 200) return readFirstAnswer(rest);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  if (headers['transfer-encoding'] === 'chunked') {
    const text = joinChunks(rest);
    return text === undefined ? undefined : { status, headers, text };
  }
  const length = Number(headers['content-length'] ?? 0);
  return rest.length < length ? undefined : { status, headers, text: rest.subarray(0, length).toString() };
}

/** The body of a chunked answer; `undefined` where it is not whole. */
function joinChunks(bytes: Buffer): string | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (size === 0) return Buffer.concat(parts).toString();
    at = lineEnd + 2 + size + 2;
    if (Number.isNaN(size) || at > bytes.length) return undefined;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
  }
}
