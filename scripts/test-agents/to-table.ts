import { type Cell, type Row, type ScenarioName, scenarioNames } from './program.ts';

type Verdict = '✓' | '✗' | '–';

/** `–`: the program's own limitation. Any other failure is ✗. */
function judge(row: Row, scenario: ScenarioName): Verdict | undefined {
  const cell: Cell | undefined = row.cells[scenario];
  if (cell === undefined) return undefined;
  if (cell.outcome === 'pass') return '✓';
  return row.limitations[scenario] === undefined ? '✗' : '–';
}

/** Renders the table in Markdown, with the reasons of limitations and skipped programs below. */
export function toTable(rows: readonly Row[]): string {
  const notes: string[] = [];
  const toMark = (text: string) => {
    if (!notes.includes(text)) notes.push(text);
    return `<sup>${notes.indexOf(text) + 1}</sup>`;
  };
  const lines = rows.map((row) => {
    const cells = scenarioNames.map((scenario) => {
      const verdict = judge(row, scenario);
      const limitation = row.limitations[scenario];
      return verdict === '–' && limitation ? `– ${toMark(limitation)}` : (verdict ?? '');
    });
    const version = row.skipped === undefined ? (row.version ?? '') : `not installed ${toMark(row.skipped)}`;
    return `| ${[row.title, version, ...cells].join(' | ')} |`;
  });
  const head = ['program', 'version', ...scenarioNames];
  const table = [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines].join('\n');
  return notes.length === 0 ? table : `${table}\n\n${notes.map((text, index) => `${index + 1}. ${text}`).join('\n')}`;
}

/** Lists the failed cells, with their reasons. */
export function listFailures(rows: readonly Row[]): string[] {
  return rows.flatMap((row) =>
    scenarioNames
      .filter((scenario) => judge(row, scenario) === '✗')
      .map((scenario) => `${row.name}, ${scenario}: ${row.cells[scenario]?.reason}`),
  );
}
