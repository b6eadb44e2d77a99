import type { Readable } from 'node:stream';
import type { BodyLimits } from '../../config/config.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { BodySlot, BodySlots } from './body-slots.ts';
import { ByteCollector } from './byte-collector.ts';
import { JsonScanner } from './json-scanner.ts';

export interface CollectOptions {
  /** The decoded body. */
  stream: Readable;
  tenant: string;
  bodies: Pick<BodyLimits, 'bytes' | 'values' | 'levels'>;
  slots: BodySlots;
}

/** The caller disposes `slot`, which is undefined for a small body. */
export type BodyDone = (error: unknown, body: CollectedBody) => void;

export interface CollectedBody {
  bytes: Buffer;
  slot: BodySlot | undefined;
  /** Has scanned all bytes. */
  scanner: JsonScanner;
}

/**
 * Collects a body within its bounds: bytes, values and levels of its own, and the slots for large bodies. While a body
 * waits for its slot, backpressure pauses its decoder and its connection.
 */
export function collectBody({ stream, tenant, bodies, slots }: CollectOptions, done: BodyDone): void {
  /** Undefined once finished: later data and errors are ignored. */
  let collector: ByteCollector | undefined = new ByteCollector();
  const scanner = new JsonScanner(bodies, 'request body');
  let slot: BodySlot | undefined;
  /** Bytes counted as a small body's. */
  let small = 0;
  stream.on('data', (chunk: Buffer) => {
    if (!collector) return;
    collector.add(chunk);
    if (slot) slot.resize(collector.size);
    else countSmall(chunk.length);
    if (collector.size > bodies.bytes) return finish(tooLarge(bodies.bytes));
    try {
      scanner.scan(chunk);
    } catch (error) {
      return finish(error);
    }
    if (!slot && slots.needsSlot(collector.size)) enterSlot(collector.size);
  });
  stream.on('end', () => finish(undefined));
  stream.on('error', (cause) => {
    finish(cause instanceof ApiError ? cause : new ApiError('invalid_json', unreadable, { cause }));
  });

  function countSmall(bytes: number): void {
    small += bytes;
    slots.countSmall(bytes);
  }

  function enterSlot(size: number): void {
    stream.pause();
    countSmall(-small);
    slot = slots.enter({ tenant, onSlot: () => stream.resume(), onRefusal: finish });
    slot.resize(size);
  }

  function finish(error: unknown): void {
    if (!collector) return;
    const bytes = error ? Buffer.alloc(0) : collector.take();
    collector = undefined;
    countSmall(-small);
    if (error) slot?.[Symbol.dispose]();
    done(error, { bytes, slot, scanner });
  }
}

const unreadable = 'The request body could not be read or decoded.';

export function tooLarge(maxBytes: number): ApiError {
  return new ApiError('request_too_large', `The request body is larger than ${maxBytes} bytes.`);
}
