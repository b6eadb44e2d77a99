import type { IncomingMessage } from 'node:http';
import type { HeaderParameter } from './load-contract.ts';

/** What nearly every request gives: one object for all of them. */
export const noHeaders: Readonly<Record<string, string>> = Object.freeze({});

/** The header parameters that a request has, by their names in the contract. */
export function readHeaders(
  { headers }: Pick<IncomingMessage, 'headers'>,
  parameters: readonly HeaderParameter[],
): Readonly<Record<string, string>> {
  let given = noHeaders;
  for (const { name } of parameters) {
    const value = headers[name.toLowerCase()];
    if (value !== undefined) given = { ...given, [name]: String(value) };
  }
  return given;
}
