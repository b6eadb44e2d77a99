import type { ValuePath } from './violation.ts';

/** Selects the steps below a path that may lead to a violation. */
export type Suspects = <Step extends string | number>(
  path: ValuePath,
  steps: Iterable<Step>,
  count: number,
) => Iterable<Step>;

/** Up to this many steps are all checked, in their own order. */
const few = 64;

export const allSteps: Suspects = (_path, steps) => steps;

/**
 * Selects, in a large list or object, only the steps on the validator's error pointers. All others are valid or were
 * never reached.
 */
export function createSuspects(pointers: readonly string[]): Suspects {
  const paths = pointers.map((pointer) => pointer.split('/').slice(1).map(unescapeStep));
  return (path, steps, count) => {
    if (count <= few) return steps;
    const named = new Set<string>();
    for (const suspect of paths) {
      const next = suspect[path.length];
      if (next !== undefined && path.every((step, index) => `${step}` === suspect[index])) named.add(next);
    }
    return pick(steps, named);
  };
}

function* pick<Step extends string | number>(steps: Iterable<Step>, named: ReadonlySet<string>): Generator<Step> {
  for (const step of steps) if (named.has(`${step}`)) yield step;
}

const unescapeStep = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
