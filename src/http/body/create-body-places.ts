import type { BodyLimits } from '../../config/config.ts';
import { limits } from '../../config/limits.ts';
import { BodyPlaces } from './body-places.ts';

/** The places for large bodies of one server, over HTTP and WebSockets together. */
export function createBodyPlaces({ largeAtOnce, bytes }: Pick<BodyLimits, 'largeAtOnce' | 'bytes'>): BodyPlaces {
  return new BodyPlaces({
    atOnce: largeAtOnce,
    waiting: limits.waitingBodies,
    // One that is served takes three times its size: as text, as values, and as the agent's request.
    bytes: largeAtOnce * bytes,
    maxBytes: bytes,
    largeBytes: limits.largeBodyBytes,
    smallBytes: limits.smallBodiesBytes,
    waitMs: limits.bodyWaitMs,
    readMs: limits.bodyReadMs,
  });
}
