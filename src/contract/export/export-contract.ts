import type { OpenApiDocument } from '../document.ts';
import { loosenForGenerators } from './loosen-for-generators.ts';
import { toOpenApi30 } from './to-open-api-30.ts';
import { toOpenApi32 } from './to-open-api-32.ts';

/** Changes a copy of the contract. */
type Transform = (copy: OpenApiDocument) => void;

/** The forms in which other tools get the contract, in the order in which they are applied. */
const forms = {
  generators: loosenForGenerators,
  '3.0': toOpenApi30,
  '3.2': toOpenApi32,
} satisfies Record<string, Transform>;

export type ContractForm = keyof typeof forms;

export const contractForms = Object.keys(forms);

export const isContractForm = (name: string): name is ContractForm => Object.hasOwn(forms, name);

/** Returns the contract in some forms at once. */
export function exportContract(document: OpenApiDocument, wanted: readonly ContractForm[]): OpenApiDocument {
  const copy = structuredClone(document);
  for (const [name, transform] of Object.entries(forms)) if (wanted.some((form) => form === name)) transform(copy);
  return copy;
}
