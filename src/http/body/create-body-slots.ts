import type { BodyLimits } from '../../config/config.ts';
import { limits } from '../../config/limits.ts';
import { BodySlots } from './body-slots.ts';

/** Creates the slots for large bodies that HTTP and WebSockets share. */
export function createBodySlots({ largeAtOnce, bytes }: Pick<BodyLimits, 'largeAtOnce' | 'bytes'>): BodySlots {
  return new BodySlots({
    atOnce: largeAtOnce,
    waiting: limits.waitingBodies,
    // A body being served uses three times its size: as text, as values and as the agent's request.
    bytes: largeAtOnce * bytes,
    maxBytes: bytes,
    largeBytes: limits.largeBodyBytes,
    smallBytes: limits.smallBodiesBytes,
    waitMs: limits.bodyWaitMs,
    readMs: limits.bodyReadMs,
  });
}
