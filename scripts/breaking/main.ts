import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { compareContracts } from './compare-contracts.ts';
import type { ContractDocument } from './document.ts';
import { mayBreak } from './judge-version.ts';

/**
 * Fails if openapi.yaml breaks the last released contract and its `info.version` doesn't allow that. With `--release`
 * (`npm run release-contract`), a contract that passes becomes the released one.
 */
const { values: options } = parseArgs({
  options: {
    release: { type: 'boolean', default: false },
    contract: { type: 'string', default: 'openapi.yaml' },
    released: { type: 'string', default: 'scripts/breaking/released-contract.json' },
  },
});
const current: ContractDocument = parse(await readFile(options.contract, 'utf8'));
const released = await readReleased();
const changes = released ? compareContracts(released, current) : [];

if (released && changes.length > 0 && !mayBreak(released.info.version, current.info.version)) {
  const { version } = released.info;
  console.error(`${changes.map((change) => `  ${change}`).join('\n')}\n
Version ${current.info.version} of the contract breaks ${changes.length} promises of the released version ${version}. Revert these changes, or
raise info.version: the minor version while the major version is 0, otherwise the major version.`);
  process.exitCode = 1;
} else if (options.release) {
  await writeFile(options.released, `${JSON.stringify(current, dropProse, 1)}\n`);
  console.log(`Version ${current.info.version} is the released contract now.`);
} else {
  for (const change of changes) console.log(`  ${change}`);
}

/** Returns the released contract; `undefined` before the first release. */
async function readReleased(): Promise<ContractDocument | undefined> {
  const text = await readFile(options.released, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Drops descriptions and examples, which promise nothing. Keeps properties with these names. */
function dropProse(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'description' && typeof value === 'string') return undefined;
  if (/^(summary|example|examples)$/.test(key) && !isSchema(value)) return undefined;
  return value;
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('type' in value || '$ref' in value || 'anyOf' in value);
}
