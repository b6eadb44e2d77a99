export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** The comparison takes time and memory in the square of this number. */
const maxLines = 500;

/** Compares two texts by lines. Returns nothing if they are too long to compare. */
export function diffLines(before: string, after: string): DiffLine[] | undefined {
  const old = before.split('\n');
  const current = after.split('\n');
  if (old.length > maxLines || current.length > maxLines) return undefined;
  const common = measureCommon(old, current);
  const lines: DiffLine[] = [];
  let from = 0;
  let to = 0;
  while (from < old.length || to < current.length) {
    const [removed, added] = [old[from], current[to]];
    if (removed !== undefined && removed === added) {
      lines.push({ kind: 'same', text: removed });
      from += 1;
      to += 1;
    } else if (
      removed !== undefined &&
      (added === undefined || lengthAt(common, from + 1, to) >= lengthAt(common, from, to + 1))
    ) {
      lines.push({ kind: 'removed', text: removed });
      from += 1;
    } else {
      lines.push({ kind: 'added', text: added ?? '' });
      to += 1;
    }
  }
  return lines;
}

const lengthAt = (common: number[][], from: number, to: number): number => common[from]?.[to] ?? 0;

/** Returns the length of the longest common sequence of lines after each pair of positions. */
function measureCommon(old: string[], current: string[]): number[][] {
  const common: number[][] = Array.from({ length: old.length + 1 }, () => []);
  for (let from = old.length - 1; from >= 0; from -= 1) {
    const row = common[from] ?? [];
    for (let to = current.length - 1; to >= 0; to -= 1) {
      row[to] =
        old[from] === current[to]
          ? lengthAt(common, from + 1, to + 1) + 1
          : Math.max(lengthAt(common, from + 1, to), lengthAt(common, from, to + 1));
    }
  }
  return common;
}
