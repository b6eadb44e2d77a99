import { createRandom } from '../helpers/random.ts';

/** A seeded source of choices: the same seed and case number make the same choices. */
export interface CaseRandom {
  /** A whole number below `below`. */
  (below: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in `times` calls. */
  once(times: number): boolean;
}

/** The choices of case `index`. They depend on nothing but `seed` and `index`, so that one case can be repeated alone. */
export function createCaseRandom(seed: number, index: number): CaseRandom {
  const random = createRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0);
  return Object.assign((below: number) => random(below), {
    pick<T>(list: readonly T[]): T {
      const value = list[random(list.length)];
      if (value === undefined && list.length === 0) throw new Error('There is nothing to pick from.');
      // An index below the length: an element is there.
      return value as T;
    },
    once: (times: number) => random(times) === 0,
  });
}
