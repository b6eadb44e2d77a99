import { readFile } from 'node:fs/promises';

/**
 * Verdicts of the support table on the fields of an operation: `supported`, `refused: 400 …`. Query fields start with
 * `?`.
 */
export type Verdicts = ReadonlyMap<string, string>;

const table = new URL('../../../docs/support.md', import.meta.url);

/** Reads the verdicts on request fields from the generated support table, by operation: `POST /v1/responses`. */
export async function readSupport(): Promise<ReadonlyMap<string, Verdicts>> {
  const markdown = await readFile(table, 'utf8');
  const sections = markdown.split(/^### `/m).slice(1);
  return new Map(
    sections.map((section) => {
      const [method = '', path = ''] = section.slice(0, section.indexOf('`')).split(' ');
      return [`${method} /v1${path}`, readRows(section)];
    }),
  );
}

function readRows(section: string): Verdicts {
  const [own = ''] = section.split(/^## /m);
  const rows = [...own.matchAll(/^\| `([^`]+)` \| .* \| (.+) \|$/gm)];
  return new Map(rows.map(([, field = '', verdict = '']) => [field, verdict]));
}
