import type { RequestHandler } from 'express';
import { createValueCheck } from './check-value.ts';
import type { Contract, HeaderParameter } from './load-contract.ts';
import { noHeaders, readHeaders } from './read-headers.ts';

/** Refuses a request whose header parameters break the contract. */
export function checkHeaders(
  contract: Pick<Contract, 'document' | 'prepared'>,
  headers: readonly HeaderParameter[],
): RequestHandler {
  const properties = Object.fromEntries(headers.map(({ name, schema }) => [name, schema]));
  const check = createValueCheck(contract, { type: 'object', properties });
  return (request, _response, next) => {
    const received = readHeaders(request, headers);
    if (received !== noHeaders) check(received);
    next();
  };
}
