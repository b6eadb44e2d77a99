import { readFileSync } from 'node:fs';
import { loadContract } from '../../src/contract/load-contract.ts';

/** The file of each language's sample, in the folder of its operation. */
export const sampleFiles = {
  curl: 'curl.sh',
  typescript: 'typescript.ts',
  python: 'python.py',
  go: 'go.go',
} as const;

export type SampleLanguage = keyof typeof sampleFiles;

export const sampleLanguages = Object.keys(sampleFiles) as SampleLanguage[];

const { operations, document } = loadContract();

export const operationIds = operations.map(({ operationId }) => operationId).sort();

/** The operations that receive a webhook, with the type of its event. */
export const webhooks: ReadonlyMap<string, string> = new Map(
  Object.entries(document.webhooks ?? {}).flatMap(([type, { post }]) => (post ? [[post.operationId, type]] : [])),
);

export function readSample(operationId: string, language: SampleLanguage): string {
  return readFileSync(new URL(`../../docs/samples/${operationId}/${sampleFiles[language]}`, import.meta.url), 'utf8');
}
