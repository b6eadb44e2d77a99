/** Returns a whole number from 0 up to, and without, `below`. */
export type Random = (below: number) => number;

/** A small generator with a seed (mulberry32), so that a failure comes back. Gives whole numbers below its argument. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
