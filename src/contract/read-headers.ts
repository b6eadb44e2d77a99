import type { IncomingMessage } from 'node:http';
import type { HeaderParameter } from './load-contract.ts';

/** Shared by the requests without header parameters, which are nearly all. */
export const noHeaders: Readonly<Record<string, string>> = Object.freeze({});

/** Returns the header parameters of a request by their names in the contract. */
export function readHeaders(
  { headers }: Pick<IncomingMessage, 'headers'>,
  parameters: readonly HeaderParameter[],
): Readonly<Record<string, string>> {
  let received = noHeaders;
  for (const { name, key } of parameters) {
    const value = headers[key];
    if (value !== undefined) received = { ...received, [name]: String(value) };
  }
  return received;
}
