import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import type { BodyLimits } from '../../config/config.ts';
import { ApiError } from '../../errors/api-error.ts';
import { contentDecoders } from '../../net/content-decoders.ts';
import type { BodySlot, BodySlots } from './body-slots.ts';
import { collectBody, tooLarge } from './collect-body.ts';
import { parseJson } from './parse-json.ts';
import '../request-locals.ts';

export interface ReadBodyOptions {
  bodies: Pick<BodyLimits, 'bytes' | 'values' | 'levels'>;
  slots: BodySlots;
}

/**
 * Reads a JSON body into `request.body`. Replaces express.json(), which costs as much as the rest of Express on a large
 * history, does not support zstd and has its own error format.
 */
export function readBody({ bodies, slots }: ReadBodyOptions): RequestHandler {
  return (request, response, next) => {
    let decoder: Transform | undefined;
    const refuse = (error: unknown) => {
      // Stop unpacking a decompression bomb.
      request.unpipe();
      decoder?.destroy();
      // Drain the rest, and keep the connection open meanwhile: a client that is still writing to a closed connection
      // never reads the reply.
      request.resume();
      if (!request.complete) {
        if (!response.shouldKeepAlive) closeOnceRead(request, response);
        response.setHeader('connection', 'keep-alive');
      }
      next(error);
    };
    try {
      assertJson(request);
      const declared = Number(request.headers['content-length'] ?? 0);
      if (declared > bodies.bytes) throw tooLarge(bodies.bytes);
      decoder = createDecoder(request);
      const stream = decoder ? decode(request, decoder, bodies.bytes) : request;
      const tenant = response.locals.tenant ?? '';
      collectBody({ stream, tenant, bodies, slots }, (error, { bytes, slot, scanner }) => {
        if (error) return refuse(error);
        if (slot) holdSlot(response, slot);
        try {
          request.body = parseJson(bytes, 'request body', scanner);
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
  const header = request.headers['content-type'];
  const type = header?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/json') return assertUtf8(header);
  throw new ApiError(
    'unsupported_media_type',
    `The request body must be JSON: send 'Content-Type: application/json'${type ? ` instead of '${type}'` : ''}.`,
  );
}

/** Refuses other character sets: JSON is UTF-8 (RFC 8259, 8.1). ASCII is a part of it. */
function assertUtf8(header = ''): void {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(header) ?? [];
  if (/^(?:utf-?8|(?:us-)?ascii)$/i.test(charset)) return;
  throw new ApiError('unsupported_media_type', `Unsupported charset '${charset}'. Encode the JSON as UTF-8.`);
}

function createDecoder(request: IncomingMessage): Transform | undefined {
  const coding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (coding === 'identity') return undefined;
  const create = contentDecoders.get(coding);
  if (create) return create();
  const known = [...contentDecoders.keys()].join(', ');
  throw new ApiError('unsupported_media_type', `Unsupported Content-Encoding '${coding}'. Expected one of: ${known}.`);
}

/** Decodes without `pipeline`, which would close the connection, and with it the reply, when the decoder fails. */
function decode(request: IncomingMessage, decoder: Transform, maxBytes: number): Readable {
  // The client has disconnected.
  request.once('error', (error) => decoder.destroy(error));
  // Compressed bytes count too: empty blocks, for one, decode to nothing.
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) decoder.destroy(tooLarge(maxBytes));
  });
  return request.pipe(decoder);
}

/** Closes a connection that should not be kept, once the body has been drained and the reply sent. */
function closeOnceRead(request: IncomingMessage, response: Response): void {
  void Promise.allSettled([finished(request), finished(response)]).then(() => request.socket.end());
}

/** Keeps a large body counted until its reply has ended. */
function holdSlot(response: Response, slot: BodySlot): void {
  response.locals.bodySlot = slot;
  if (response.closed) slot[Symbol.dispose]();
  else response.once('close', () => slot[Symbol.dispose]());
}
