/** `node test/verify/audit-table.ts` rewrites the list of audits in docs/verify.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { areas } from '../../src/verify/catalogue.ts';
import { breakages } from './breakages.ts';

const page = new URL('../../docs/verify.md', import.meta.url);
const begin = '<!-- audits: written by test/verify/audit-table.ts -->\n';

/** Returns the page with a current list. Each audit has an anchor, for links to it. */
export function toPage(text: string): string {
  const [head = ''] = text.split(begin, 1);
  return `${head}${begin}\n${areas.map(toTable).join('\n')}`;
}

function toTable({ title, name, audits }: (typeof areas)[number]): string {
  const rows = audits.map((audit) => {
    const level = audit.contract === 'open-responses' ? `${audit.level} for Open Responses` : audit.level;
    const cells = [
      `<a id="${audit.id}"></a>\`${audit.id}\``,
      level,
      audit.title,
      audit.clause,
      breakages[audit.id]?.does ?? '',
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const head =
    '| id | level | a server that passes | where it comes from | a server that is caught |\n| --- | --- | --- | --- | --- |';
  return `### ${title} (\`${name}\`)\n\n${head}\n${rows.join('\n')}\n`;
}

export const readPage = (): string => readFileSync(page, 'utf8');

if (import.meta.main) writeFileSync(page, toPage(readPage()));
