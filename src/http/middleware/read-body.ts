import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { RequestHandler } from 'express';
import { ApiError } from '../../errors/api-error.ts';

/** A map, since a coding is the client's word: an object would also know `constructor`. */
const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/**
 * Reads a JSON body into `request.body`. Written here because express.json() costs as much as the rest of Express on a
 * large history, knows no zstd, and answers in its own error format.
 */
export function readBody(options: { maxBytes: number }): RequestHandler {
  return (request, response, next) => {
    const refuse = (error: unknown) => {
      // What was not read can't be told from a next request.
      if (!request.complete) response.setHeader('connection', 'close');
      next(error);
    };
    try {
      assertJson(request);
      const declared = Number(request.headers['content-length'] ?? 0);
      if (declared > options.maxBytes) throw tooLarge(options.maxBytes);
      collect(decode(request), options.maxBytes, (error, bytes) => {
        if (error) return refuse(error);
        try {
          request.body = parse(bytes);
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

function decode(request: IncomingMessage): Readable {
  const coding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (coding === 'identity') return request;
  const create = decoders.get(coding);
  if (!create) {
    const known = [...decoders.keys()].join(', ');
    throw new ApiError('unsupported_media_type', `Unknown Content-Encoding '${coding}': use one of ${known}.`);
  }
  // Errors of either stream surface on the decoder, where `collect` listens.
  return pipeline(request, create(), () => undefined);
}

function collect(stream: Readable, maxBytes: number, done: (error: unknown, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) finish(tooLarge(maxBytes));
    else chunks.push(chunk);
  });
  stream.once('end', () => finish(undefined));
  stream.once('error', (cause) => finish(new ApiError('invalid_json', unreadable, { cause })));

  function finish(error: unknown): void {
    stream.removeAllListeners('data');
    stream.removeAllListeners('end');
    stream.removeAllListeners('error');
    // A late error of an abandoned stream is nobody's news.
    stream.on('error', () => undefined);
    done(error, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  }
}

const unreadable = 'The request body could not be read or decoded.';

function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    // RFC 8259, 8.1: a byte order mark may be ignored; some shells on Windows write one.
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw new ApiError('invalid_json', 'Invalid JSON in request body', { cause });
  }
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError('request_too_large', `The request body is larger than ${maxBytes} bytes.`);
}
