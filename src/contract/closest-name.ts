/** Returns the name that a misspelt one probably means: at most a third of its letters differ. */
export function closestName(name: string, names: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.ceil(name.length / 3));
  const near = names
    .map((known) => ({ known, distance: countEdits(name, known) }))
    .filter(({ distance }) => distance <= bound)
    .sort((one, other) => one.distance - other.distance);
  return near[0]?.known;
}

/** The longest name that is compared. Prevents quadratic time for a huge one. */
const maxLetters = 64;

/** Counts the letters to add, remove or replace: the Levenshtein distance, where a swap of neighbours counts once. */
function countEdits(one: string, other: string): number {
  if (one.length > maxLetters) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const replaced = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const swapped = isSwap(one, other, row, column) ? (before[column - 2] ?? 0) + 1 : replaced;
      next.push(Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, replaced, swapped));
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

function isSwap(one: string, other: string, row: number, column: number): boolean {
  if (row < 2 || column < 2) return false;
  return one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
}
