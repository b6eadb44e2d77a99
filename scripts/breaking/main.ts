import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { compareContracts } from './compare-contracts.ts';
import type { ContractDocument } from './document.ts';
import { mayBreak } from './judge-version.ts';

/**
 * Fails when openapi.yaml breaks what the last released contract promised and its `info.version` doesn't say so. With
 * `--release` (`npm run release-contract`) it becomes the released contract, unless it fails.
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
The contract breaks ${changes.length} promises of version ${version}, and is version ${current.info.version}. Take them back, or
raise info.version: the minor version while the major one is 0, else the major one.`);
  process.exitCode = 1;
} else if (options.release) {
  await writeFile(options.released, `${JSON.stringify(current, dropProse, 1)}\n`);
  console.log(`Version ${current.info.version} is the released contract now.`);
} else {
  for (const change of changes) console.log(`  ${change}`);
}

/** Absent before the first release. */
async function readReleased(): Promise<ContractDocument | undefined> {
  const text = await readFile(options.released, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Text and examples promise nothing; properties of these names are kept. */
function dropProse(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'description' && typeof value === 'string') return undefined;
  if (/^(summary|example|examples|x-transcripts)$/.test(key) && !isSchema(value)) return undefined;
  return value;
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('type' in value || '$ref' in value || 'anyOf' in value);
}
