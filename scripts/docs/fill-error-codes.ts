import type { Schema } from '../../src/contract/schema.ts';
import { errorTable } from '../../src/errors/error-table.ts';

const place = /^(<!-- error-codes(: by status)? -->\n)[\s\S]*?^(?=<!-- \/error-codes -->$)/gm;

/** The status of requests whose client has disconnected: no client receives it. */
const unreceived = 499;

/**
 * Writes a table of the error codes between `<!-- error-codes -->` and `<!-- /error-codes -->`: one row per code with
 * its description from the contract or, with `<!-- error-codes: by status -->`, one row per status.
 */
export function fillErrorCodes(markdown: string, { 'x-enumDescriptions': descriptions = {} }: Schema): string {
  return markdown.replaceAll(
    place,
    (_, start: string, byStatus?: string) => `${start}\n${byStatus ? toStatusTable() : toCodeTable(descriptions)}\n`,
  );
}

function toCodeTable(descriptions: Record<string, string>): string {
  const rows = listCodes().map(([code, status]) => `| \`${code}\` | ${status} | ${toLine(descriptions[code] ?? '')} |`);
  return ['| code | status | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

function toStatusTable(): string {
  const rows = [...Map.groupBy(listCodes(), ([, status]) => status)].map(
    ([status, codes]) => `| ${status} | ${codes.map(([code]) => `\`${code}\``).join(', ')} |`,
  );
  return ['| status | `code` |', '|---|---|', ...rows, ''].join('\n');
}

function listCodes(): [code: string, status: number][] {
  return Object.entries(errorTable)
    .map(([code, { status }]): [string, number] => [code, status])
    .filter(([, status]) => status !== unreceived)
    .sort(([, one], [, other]) => one - other);
}

const toLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** The error codes that a client can receive. */
export const errorCodes: readonly string[] = listCodes().map(([code]) => code);
