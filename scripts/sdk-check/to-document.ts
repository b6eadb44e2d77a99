import type { Outcome } from './check-generator.ts';
import type { Form, Generator } from './generator.ts';

const start = '<!-- The table is written by "npm run sdk:check -- --write". -->';
const head = ['| generator | contract | settings | streams | checked |', '|---|---|---|---|---|'];

const commands: Record<Form, string> = {
  plain: '`talaria openapi`',
  generators: '`--for generators`',
  'generators,3.0': '`--for generators,3.0`',
  '3.2': '`--for 3.2`',
};

/**
 * Returns the document with the rows of these outcomes in its table, in the order of `generators`. Rows of generators
 * that did not run stay as they are.
 */
export function toDocument(document: string, generators: Generator[], outcomes: Outcome[], date: string): string {
  const lines = document.split('\n');
  const first = lines.indexOf(start) + 1;
  if (first === 0) throw new Error(`The document has no line ${start}`);
  const length = lines.slice(first).findIndex((line) => line.trim() !== '' && !line.startsWith('|'));
  const old = lines.slice(first, first + length).filter((line) => line.startsWith('|'));
  const rows = generators.flatMap((generator) => {
    const outcome = outcomes.find((outcome) => outcome.generator === generator && outcome.skipped === undefined);
    return outcome ? toRow(outcome, date) : old.filter((line) => line.startsWith(toStart(generator)));
  });
  return [...lines.slice(0, first), '', ...head, ...rows, '', ...lines.slice(first + length)].join('\n');
}

function toRow({ generator, steps, failed }: Outcome, date: string): string {
  const { version, form, settings, streams } = generator;
  const failedStep = steps.at(-1)?.name ?? 'prepare';
  const verdict = failed === undefined ? 'passed' : `**failed** to ${failedStep}`;
  return `${toStart(generator)} ${version} | ${commands[form]} | ${settings} | ${streams} | ${verdict}, ${date} |`;
}

function toStart({ name, language }: Generator): string {
  return `| ${language}: \`${name}\``;
}
