import type { Growth } from './measure-growth.ts';

/** Accepted deviation of bytes from those at the reference depth. */
const tolerance = 0.1;
/** Minimum depth at which the first turn, which continues nothing, has little weight. */
const shallow = 10;

/** Describes costs that grow with the depth of a chain and should not. */
export function findGrowthFaults(rows: readonly Growth[]): string[] {
  return rows.flatMap((row) => {
    const base = rows.find(({ backend, depth }) => backend === row.backend && depth === shallow);
    const faults = base === undefined || row.depth < shallow ? [] : findByteFaults(row, base.bytesPerTurn);
    return [...faults, ...findWalkFaults(row)];
  });
}

function findByteFaults({ backend, depth, bytesPerTurn, bytesPerFork }: Growth, expected: number): string[] {
  const isLevel = Math.abs(bytesPerTurn / expected - 1) <= tolerance;
  // A fork may use less: it fills pages that its chain has started.
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

/** Formats the measurements as a Markdown table. */
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
