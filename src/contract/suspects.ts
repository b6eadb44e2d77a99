import type { ValuePath } from './violation.ts';

/** The steps from a path that are worth a look, out of all there are. */
export type Suspects = <Step extends string | number>(
  path: ValuePath,
  steps: Iterable<Step>,
  count: number,
) => Iterable<Step>;

/** So many are looked at in any case, in their own order. */
const few = 64;

export const everyone: Suspects = (_path, steps) => steps;

/**
 * Of a list or object that is not small, only what the pointers lead through: a validator stops at the first element that
 * it refuses, so that all others need not be looked at again.
 */
export function createSuspects(pointers: readonly string[]): Suspects {
  const places = pointers.map((pointer) => pointer.split('/').slice(1).map(unescapeStep));
  return (path, steps, count) => {
    if (count <= few) return steps;
    const named = new Set<string>();
    for (const place of places) {
      const next = place[path.length];
      if (next !== undefined && path.every((step, index) => `${step}` === place[index])) named.add(next);
    }
    return pick(steps, named);
  };
}

function* pick<Step extends string | number>(steps: Iterable<Step>, named: ReadonlySet<string>): Generator<Step> {
  for (const step of steps) if (named.has(`${step}`)) yield step;
}

const unescapeStep = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
