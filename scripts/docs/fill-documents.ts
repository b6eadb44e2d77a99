import { readFile } from 'node:fs/promises';
import type { Recording } from '../record-examples/recorder.ts';
import type { ContractDocument } from './contract-document.ts';
import { fillErrorCodes } from './fill-error-codes.ts';
import { fillFences } from './fill-fences.ts';
import { guides } from './guides.ts';

const root = new URL('../../', import.meta.url);

/** Returns the README and the guides with their recorded examples and tables of error codes, by path. */
export async function fillDocuments(
  document: ContractDocument,
  recordings: Record<string, Recording>,
): Promise<Record<string, string>> {
  const { ErrorCode } = document.components.schemas;
  if (!ErrorCode) throw new Error('The contract has no schema ErrorCode.');
  const files: Record<string, string> = {};
  for (const path of ['README.md', ...guides.map((guide) => `docs/${guide}`)]) {
    const markdown = await readFile(new URL(path, root), 'utf8');
    files[path] = fillErrorCodes(fillFences(markdown, recordings), ErrorCode);
  }
  return files;
}
