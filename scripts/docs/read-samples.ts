import { readFile } from 'node:fs/promises';
import type { Code } from './markdown/code-block.ts';

/** The file of each language in docs/samples/OPERATION, in the order of the tabs. */
const files: [language: string, file: string][] = [
  ['curl', 'curl.sh'],
  ['python', 'python.py'],
  ['ts', 'typescript.ts'],
  ['go', 'go.go'],
];

const folder = new URL('../../docs/samples/', import.meta.url);

/** Reads the code samples of operations. A language without a file has no tab. */
export async function readSamples(operations: readonly string[]): Promise<Map<string, Code[]>> {
  return new Map(await Promise.all(operations.map(async (id) => [id, await readCodes(id)] as const)));
}

async function readCodes(operation: string): Promise<Code[]> {
  const codes = await Promise.all(
    files.map(async ([language, file]) => {
      const text = await readFile(new URL(`${operation}/${file}`, folder), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ language, text }];
    }),
  );
  return codes.flat();
}
