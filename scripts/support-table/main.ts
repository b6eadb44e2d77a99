import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { buildTable } from './build-table.ts';
import { indexPath, type Source } from './contract-index.ts';
import { type Contract, extractIndex } from './extract-index.ts';

/**
 * `npm run support-table -- DIRECTORY` reads the two published contracts there, `openai*.yaml` and
 * `open-responses*.json`. It writes the names that they define to contract-index.json, and the table to
 * docs/support.md.
 */
const directory = process.argv[2] ?? process.env['CONTRACTS_DIR'];
const tablePath = new URL('../../docs/support.md', import.meta.url);

if (directory === undefined) {
  console.error('Name the directory that holds the two published contracts, as an argument or in CONTRACTS_DIR.');
  process.exitCode = 1;
} else await main(directory);

async function main(directory: string): Promise<void> {
  const contracts: Record<Source, Contract> = {
    OpenAI: await readContract(directory, /^openai.*\.ya?ml$/),
    'Open Responses': await readContract(directory, /^open-responses.*\.json$/),
  };
  const index = extractIndex(contracts);
  await writeFile(indexPath, `${JSON.stringify(index, null, 1)}\n`);
  await writeFile(tablePath, await buildTable(index));
}

async function readContract(directory: string, pattern: RegExp): Promise<Contract> {
  const name = (await readdir(directory)).find((file) => pattern.test(file));
  if (name === undefined) throw new Error(`No file in ${directory} matches ${pattern}.`);
  // JSON is YAML too.
  return parse(await readFile(join(directory, name), 'utf8'));
}
