import { ApiError } from '../../src/errors/api-error.ts';

export interface Breakable<Part> {
  /** The part, except for its broken methods. */
  part: Part;
  /** Methods that reject like an unreachable store. */
  broken: Set<keyof Part>;
  /** Methods whose result is lost: they take effect, and reject. */
  unanswered: Set<keyof Part>;
  /** Number of calls of each method. */
  calls: Map<keyof Part, number>;
}

/** Wraps a part of a real store so that any method can be made to fail. */
export function breakable<Part extends object>(real: Part): Breakable<Part> {
  const broken = new Set<keyof Part>();
  const unanswered = new Set<keyof Part>();
  const calls = new Map<keyof Part, number>();
  const fail = () => Promise.reject(new ApiError('store_unavailable', 'The store cannot be reached.'));
  const part = new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        // A name read from the part is one of its keys.
        const key = name as keyof Part;
        calls.set(key, (calls.get(key) ?? 0) + 1);
        if (broken.has(key)) return fail();
        const answer: unknown = Reflect.apply(value, target, args);
        return unanswered.has(key) ? Promise.resolve(answer).then(fail) : answer;
      };
    },
  });
  return { part, broken, unanswered, calls };
}
