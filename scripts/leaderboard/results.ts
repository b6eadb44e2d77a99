import { readFile, writeFile } from 'node:fs/promises';
import type { EntryResult } from './result.ts';

const file = new URL('results.json', import.meta.url);

/** Reads the results that the page was written from. */
export async function readResults(): Promise<EntryResult[]> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Replaces the results of the entries that ran, and removes those of entries that are gone. */
export async function writeResults(ran: readonly EntryResult[], names: readonly string[]): Promise<EntryResult[]> {
  const kept = (await readResults()).filter(({ name }) => !ran.some((one) => one.name === name));
  const all = names.flatMap((name) => [...ran, ...kept].filter((one) => one.name === name));
  await writeFile(file, `${JSON.stringify(all, null, 1)}\n`);
  return all;
}
