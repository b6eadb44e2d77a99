import type { Growth } from './measure-growth.ts';

/** How far bytes may be from those at the depth they are compared with. */
const tolerance = 0.1;
/** A chain is deep enough for its first turn, which continues nothing, to count for little. */
const shallow = 10;

/** What grows with the depth of a chain and should not, in words. */
export function findGrowthFaults(rows: readonly Growth[]): string[] {
  return rows.flatMap((row) => {
    const base = rows.find(({ backend, depth }) => backend === row.backend && depth === shallow);
    const faults = base === undefined || row.depth < shallow ? [] : findByteFaults(row, base.bytesPerTurn);
    return [...faults, ...findWalkFaults(row)];
  });
}

function findByteFaults({ backend, depth, bytesPerTurn, bytesPerFork }: Growth, expected: number): string[] {
  const isLevel = Math.abs(bytesPerTurn / expected - 1) <= tolerance;
  // A fork may take less: there is room in pages that its chain has begun.
  const isShared = bytesPerFork / expected <= 1 + tolerance;
  const explain = (what: string, bytes: number) =>
    `${backend}: ${what} at depth ${depth} takes ${Math.round(bytes)} bytes, a turn at depth ${shallow} ${Math.round(expected)}`;
  return [
    ...(isLevel ? [] : [explain('a turn', bytesPerTurn)]),
    ...(isShared ? [] : [explain('a fork', bytesPerFork)]),
  ];
}

function findWalkFaults({ backend, depth, statements }: Growth): string[] {
  if (statements === undefined || statements.walks === 1) return [];
  return [`${backend}: a chain of ${depth} turns is walked in ${statements.walks} queries`];
}

const columns = ['store', 'depth', 'bytes per turn', 'bytes per fork', 'write ms', 'read ms', 'statements, walks'];

/** A Markdown table. */
export function toGrowthTable(rows: readonly Growth[]): string {
  const cells = rows.map(({ backend, depth, bytesPerTurn, bytesPerFork, writeMs, readMs, statements }) => [
    backend,
    depth.toLocaleString('en'),
    Math.round(bytesPerTurn).toLocaleString('en'),
    Math.round(bytesPerFork).toLocaleString('en'),
    writeMs.toFixed(2),
    readMs.toFixed(2),
    statements ? `${statements.all}, ${statements.walks}` : '—',
  ]);
  const lines = [columns, columns.map((_, index) => (index === 0 ? '---' : '---:')), ...cells];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}
