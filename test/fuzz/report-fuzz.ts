import type { Failure, FuzzReport } from './run-fuzz.ts';

export interface NamedReport extends FuzzReport {
  store: string;
  agent: string;
}

/** Failures printed in full. */
const shownGroups = 20;

/** Writes down failures, one of each kind, with how often it came and how to repeat it. */
export function describeFailures(reports: readonly NamedReport[], seed: number): string {
  const groups = Map.groupBy(
    reports.flatMap((report) =>
      report.failures.map((failure) => ({ ...failure, store: report.store, agent: report.agent })),
    ),
    ({ group }) => group,
  );
  const shown = [...groups.values()].slice(0, shownGroups).map((failures) => {
    const [first] = failures;
    if (first === undefined) return '';
    const where = [...new Set(failures.map(({ store, agent }) => `${store}/${agent}`))].join(', ');
    return `✘ ${first.kind}: ${first.group} (${failures.length} times; ${where})\n${describe(first, seed)}`;
  });
  const more = groups.size - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more kinds of failure.`] : [])].join('\n\n');
}

function describe(failure: Failure & { store: string; agent: string }, seed: number): string {
  const { fault, request, answer, name, store, agent } = failure;
  const only = name === undefined ? '' : ` --only ${name.index}`;
  const lines = [
    `fault:   ${fault.slice(0, 1_500)}`,
    ...(request === '' ? [] : [`request: ${request}`]),
    ...(answer === '' ? [] : [`answer:  ${answer}`]),
    `repeat:  npm run fuzz -- --seed ${name?.seed ?? seed} --store ${store.toLowerCase()} --agent ${agent}${only}`,
  ];
  return lines.map((line) => `    ${line.replaceAll('\n', '\n      ')}`).join('\n');
}

/** A table of all runs. */
export function summarise(reports: readonly NamedReport[]): string {
  const rows = reports.map(({ store, agent, cases, statuses, longestMs, megabytes, seconds, failures }) => [
    store,
    agent,
    `${cases}`,
    `${Math.round(longestMs)} ms`,
    megabytes === undefined ? '?' : `${Math.round(megabytes)} MB`,
    `${Math.round(seconds)} s`,
    `${failures.length}`,
    [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}×${count}`)
      .join(' '),
  ]);
  const all = [['store', 'agent', 'cases', 'longest stall', 'peak memory', 'time', 'failures', 'answers'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
