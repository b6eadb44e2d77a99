import { ApiError } from '../../src/errors/api-error.ts';

export interface Breakable<Part> {
  /** The part itself, but for the methods that are broken now. */
  part: Part;
  /** Methods that reject as a store does that is out of reach. */
  broken: Set<keyof Part>;
  /** Methods whose answer is lost: they do what they are asked to, and reject all the same. */
  unanswered: Set<keyof Part>;
  /** How often each method was called. */
  calls: Map<keyof Part, number>;
}

/** A real part of a store, of which any method can be made to fail for a while. */
export function breakable<Part extends object>(real: Part): Breakable<Part> {
  const broken = new Set<keyof Part>();
  const unanswered = new Set<keyof Part>();
  const calls = new Map<keyof Part, number>();
  const fail = () => Promise.reject(new ApiError('store_unavailable', 'The store can not be reached.'));
  const part = new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        // A name that was read of the part is one of its keys.
        const key = name as keyof Part;
        calls.set(key, (calls.get(key) ?? 0) + 1);
        if (broken.has(key)) return fail();
        const answer: unknown = Reflect.apply(value, target, given);
        return unanswered.has(key) ? Promise.resolve(answer).then(fail) : answer;
      };
    },
  });
  return { part, broken, unanswered, calls };
}
