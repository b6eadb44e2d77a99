import type { Area } from '../audit.ts';
import { type Evidence, type Outcome, outcomes, type Report, type Result } from './report.ts';

interface TextOptions {
  areas: readonly Area[];
  color: boolean;
}

const marks: Record<Outcome, string> = {
  pass: '✓ pass',
  fail: '✗ fail',
  warn: '! warn',
  unsupported: '- unsupported',
  inconclusive: '? inconclusive',
  skipped: '- skipped',
};

/** SGR codes: green, red, yellow, grey. */
const colors: Record<Outcome, number> = {
  pass: 32,
  fail: 31,
  warn: 33,
  unsupported: 90,
  inconclusive: 33,
  skipped: 90,
};
const markWidth = Math.max(...Object.values(marks).map(({ length }) => length));

/** Formats the report for a terminal: audits by area, failures with evidence, totals. */
export function toText(raw: Report, { areas, color }: TextOptions): string {
  const report = withoutControls(raw);
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const shown = areas.filter(({ name }) => report.results.some(({ area }) => area === name));
  const idWidth = Math.max(...report.results.map(({ id }) => id.length));
  const toLine = ({ id, outcome, level, title, message, notes }: Result) => {
    const mark = paint(colors[outcome], marks[outcome].padEnd(markWidth));
    const isShort = outcome === 'unsupported' || outcome === 'inconclusive' || outcome === 'skipped';
    const reason = isShort && message !== undefined ? [`      ${paint(90, message)}`] : [];
    const line = `  ${mark}  ${id.padEnd(idWidth)}  ${level.padEnd(6)}  ${title}`;
    return [line, ...reason, ...notes.map((note) => `      note: ${note}`)].join('\n');
  };
  const tables = shown.map(({ name, title }) => {
    const own = report.results.filter(({ area }) => area === name);
    return `${paint(1, title)}\n${(toOneLine(own, paint) ?? own.map(toLine)).join('\n')}\n`;
  });
  const failures = report.results.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  const head = `${report.url} (model ${report.model}, contract ${report.contract})\n`;
  const evidence =
    failures.length === 0 ? [] : [`${paint(1, 'What failed')}\n`, ...failures.map((one) => toFailure(one, paint))];
  return [head, ...tables, ...evidence, toTotals(report)].join('\n');
}

/** Replaces control characters in server text: they could drive the terminal. */
function withoutControls(report: Report): Report {
  const clean = (text: string) => text.replaceAll(/[^\P{Cc}\n\t]/gu, '\ufffd');
  return JSON.parse(JSON.stringify(report), (_name, value) => (typeof value === 'string' ? clean(value) : value));
}

/** Returns one line for an area whose audits were all unsupported or skipped for the same reason. */
function toOneLine(results: readonly Result[], paint: typeof plain): string[] | undefined {
  const [first, second] = results;
  if (!first || !second || (first.outcome !== 'unsupported' && first.outcome !== 'skipped')) return undefined;
  const isSame = results.every(({ outcome, message }) => outcome === first.outcome && message === first.message);
  if (!isSame) return undefined;
  return [
    `  ${paint(colors[first.outcome], marks[first.outcome].padEnd(markWidth))}  all ${results.length}: ${first.message}`,
  ];
}

function toFailure(result: Result, paint: typeof plain): string {
  const { id, level, outcome, title, clause, message, violations, evidence } = result;
  const lines = [
    `  ${paint(colors[outcome], id)} (${level}): ${title}`,
    ...(violations ?? [{ message }]).map((violation) => `    ${violation.message}`),
    `    clause    ${clause}`,
    ...(evidence ? toEvidenceLines(evidence) : []),
  ];
  return `${lines.join('\n')}\n`;
}

const plain = (_code: number, text: string): string => text;

function toEvidenceLines({ request, sent, status, received, path }: Evidence): string[] {
  const field = (name: string, text: string) => `    ${name.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(14)}`)}`;
  return [
    field('request', request),
    ...(sent === undefined ? [] : [field('sent', sent)]),
    ...(status === undefined ? [] : [field('status', `${status}`)]),
    ...(path === undefined ? [] : [field('path', path)]),
    ...(received === undefined ? [] : [field('received', received)]),
  ];
}

function toTotals({ totals, results, milliseconds }: Report): string {
  const counts = outcomes.filter((outcome) => totals[outcome] > 0).map((outcome) => `${totals[outcome]} ${outcome}`);
  return `${results.length} audit${results.length === 1 ? '' : 's'} in ${(milliseconds / 1000).toFixed(1)} s: ${counts.join(', ')}\n`;
}
