import { readFile } from 'node:fs/promises';
import type { Recording } from '../record-examples/recorder.ts';
import type { ContractDocument } from './contract/contract-document.ts';
import { readDocuments } from './documents.ts';
import { fillErrorCodes } from './fill-error-codes.ts';
import { fillFences } from './fill-fences.ts';

const root = new URL('../../', import.meta.url);

/** Returns the README, the guides and the how-tos with their recorded examples and tables of error codes, by path. */
export async function fillDocuments(
  document: ContractDocument,
  recordings: Record<string, Recording>,
): Promise<Record<string, string>> {
  const { ErrorCode } = document.components.schemas;
  if (!ErrorCode) throw new Error('The contract has no schema ErrorCode.');
  const files: Record<string, string> = {};
  const { guides, howTos } = await readDocuments();
  for (const path of ['README.md', ...[...guides, ...howTos].map(({ file }) => file)]) {
    const markdown = await readFile(new URL(path, root), 'utf8');
    files[path] = fillErrorCodes(fillFences(markdown, recordings), ErrorCode);
  }
  return files;
}
