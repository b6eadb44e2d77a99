import type { OpenApiDocument, ResponseObject } from './document.ts';
import type { ContractOperation } from './load-contract.ts';

/** Returns the reply of an operation to a status. The contract's `default` stands for errors, never for a success. */
export function findReply(
  document: OpenApiDocument,
  { path, method }: Pick<ContractOperation, 'path' | 'method'>,
  status: number,
): ResponseObject | undefined {
  const responses = document.paths[path]?.[method]?.responses;
  const reply = responses?.[status] ?? (status >= 400 ? responses?.['default'] : undefined);
  const name = reply?.$ref?.split('/').at(-1);
  return name === undefined ? reply : document.components.responses?.[name];
}
