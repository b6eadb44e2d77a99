import type { Outcome } from './check-generator.ts';

const steps = ['generate', 'compile', 'run'] as const;

/** Renders one row per generator, followed by the reasons of skipped and failed ones. */
export function toTable(outcomes: Outcome[]): string {
  const rows = outcomes.map((outcome) => [
    outcome.generator.name,
    outcome.generator.version,
    ...steps.map((step) => toCell(outcome, step)),
    toTotal(outcome),
  ]);
  const table = [['generator', 'version', ...steps, 'time'], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = outcomes.flatMap(({ generator: { name }, skipped, failed }) => {
    if (skipped) return `${name} was skipped: ${skipped}`;
    return failed ? `${name} failed: ${failed}` : [];
  });
  return [...lines, ...notes].join('\n');
}

function toCell({ steps, failed }: Outcome, name: string): string {
  const index = steps.findIndex((step) => step.name === name);
  const step = steps[index];
  if (!step) return '-';
  return failed && index === steps.length - 1 ? 'FAILED' : `${step.seconds.toFixed(1)} s`;
}

function toTotal({ steps, skipped }: Outcome): string {
  return skipped ? 'skipped' : `${steps.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s`;
}
