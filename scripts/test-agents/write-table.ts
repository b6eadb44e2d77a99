import { readFile, writeFile } from 'node:fs/promises';

const page = new URL('../../docs/agents.md', import.meta.url);
const place = /(<!-- agents -->\n)[\s\S]*(<!-- \/agents -->)/;

/** Writes the table into docs/agents.md. */
export async function writeTable(table: string): Promise<void> {
  const text = await readFile(page, 'utf8');
  await writeFile(
    page,
    text.replace(place, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`),
  );
}
