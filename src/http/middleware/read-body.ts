import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import type { RequestHandler } from 'express';
import { contentDecoders } from '../../content-decoders.ts';
import { ApiError } from '../../errors/api-error.ts';
import { parseJson } from '../parse-json.ts';

/**
 * Reads a JSON body into `request.body`. Written here because express.json() costs as much as the rest of Express on a
 * large history, knows no zstd, and answers in its own error format.
 */
export function readBody(options: { maxBytes: number }): RequestHandler {
  return (request, response, next) => {
    let decoder: Transform | undefined;
    const refuse = (error: unknown) => {
      // A bomb is not unpacked to its end.
      request.unpipe();
      decoder?.destroy();
      // What is still to come is dropped, whatever the client wants done with the connection afterwards: one that writes
      // on to a connection that has closed never reads the reply.
      request.resume();
      if (!request.complete) response.setHeader('connection', 'keep-alive');
      next(error);
    };
    try {
      assertJson(request);
      const declared = Number(request.headers['content-length'] ?? 0);
      if (declared > options.maxBytes) throw tooLarge(options.maxBytes);
      decoder = createDecoder(request);
      collect(decoder ? decode(request, decoder) : request, options.maxBytes, (error, bytes) => {
        if (error) return refuse(error);
        try {
          request.body = parseJson(bytes, 'request body');
        } catch (invalid) {
          return refuse(invalid);
        }
        next();
      });
    } catch (error) {
      refuse(error);
    }
  };
}

function assertJson(request: IncomingMessage): void {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/json') return;
  throw new ApiError(
    'unsupported_media_type',
    `The request body must be JSON: send 'Content-Type: application/json'${type ? ` instead of '${type}'` : ''}.`,
  );
}

function createDecoder(request: IncomingMessage): Transform | undefined {
  const coding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (coding === 'identity') return undefined;
  const create = contentDecoders.get(coding);
  if (create) return create();
  const known = [...contentDecoders.keys()].join(', ');
  throw new ApiError('unsupported_media_type', `Unknown Content-Encoding '${coding}': use one of ${known}.`);
}

/** Not a `pipeline`, which ends the connection, and with it the reply, when the decoder fails. */
function decode(request: IncomingMessage, decoder: Transform): Readable {
  // The client has gone.
  request.once('error', (error) => decoder.destroy(error));
  return request.pipe(decoder);
}

function collect(stream: Readable, maxBytes: number, done: (error: unknown, bytes: Buffer) => void): void {
  /** Absent once it is over: what comes then, of data or of errors, is nobody's news. */
  let chunks: Buffer[] | undefined = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (!chunks) return;
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) finish(tooLarge(maxBytes));
  });
  stream.on('end', () => finish(undefined));
  stream.on('error', (cause) => finish(new ApiError('invalid_json', unreadable, { cause })));

  function finish(error: unknown): void {
    if (!chunks) return;
    const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = undefined;
    done(error, bytes);
  }
}

const unreadable = 'The request body could not be read or decoded.';

function tooLarge(maxBytes: number): ApiError {
  return new ApiError('request_too_large', `The request body is larger than ${maxBytes} bytes.`);
}
