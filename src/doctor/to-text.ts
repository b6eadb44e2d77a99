import type { Finding, Verdict } from './finding.ts';
import { checkNames } from './finding.ts';

const marks: Record<Verdict, string> = { pass: '✓', note: '!', fail: '✗' };
/** SGR codes: green, yellow, red. */
const colors: Record<Verdict, number> = { pass: 32, note: 33, fail: 31 };
const width = Math.max(...checkNames.map(({ length }) => length));

/** Formats a finding as one line, with its remedy below. */
export function toText({ check, verdict, message, remedy }: Finding, { color }: { color: boolean }): string {
  const mark = color ? `\u001b[${colors[verdict]}m${marks[verdict]}\u001b[0m` : marks[verdict];
  const line = `  ${mark} ${check.padEnd(width)}  ${message}\n`;
  return remedy === undefined ? line : `${line}    ${' '.repeat(width)}  → ${remedy}\n`;
}
