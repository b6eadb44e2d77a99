import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { ContractDocument } from '../breaking/document.ts';
import { explained } from './explained.ts';
import { judgeDrift } from './judge-drift.ts';
import { listDifferences } from './list-differences.ts';
import { classes, listMethods } from './list-methods.ts';
import { readSdk } from './read-sdk.ts';
import { roots } from './roots.ts';

/**
 * `npm run drift`: compares openapi.yaml with the types of the installed openai package. Prints everything that the
 * package has and the contract lacks, with what this server does with it. Fails on a difference that is not explained in
 * explained.ts, and on an explanation without a difference. To review a newer package, install it and run this again.
 */
const root = new URL('../../', import.meta.url);
const document: ContractDocument = parse(await readFile(new URL('openapi.yaml', root), 'utf8'));
const { version } = JSON.parse(await readFile(new URL('node_modules/openai/package.json', root), 'utf8'));
const sdk = readSdk([...new Set([...roots, ...classes].map(({ module }) => module))]);
const differences = [...listMethods(document, sdk), ...listDifferences(document, sdk, roots)];
const { rows, unexplained, stale } = judgeDrift(differences, explained);

const width = Math.max(...rows.map(({ difference }) => difference.length));
for (const { difference, explanation } of rows) {
  const { stance = 'UNEXPLAINED', reason = '' } = explanation ?? {};
  console.log(`${difference.padEnd(width)}  ${stance.padEnd(11)}  ${reason}`.trimEnd());
}
for (const text of stale) console.error(`stale explanation: ${text}`);
console.log(
  `\nopenai ${version}: ${rows.length} differences, ${unexplained.length} unexplained, ${stale.length} stale explanations.`,
);
if (unexplained.length > 0 || stale.length > 0) process.exitCode = 1;
