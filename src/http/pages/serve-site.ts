import type { RequestHandler } from 'express';
import type { Contract } from '../../contract/load-contract.ts';
import { lazyAsync } from '../../lazy.ts';

/** Matches every path that the site may serve. */
const sitePath = /^\/(?:$|openapi\.|docs|console)/i;

/** Serves the contract's documents, the docs and the console. The first request for one of them loads their code. */
export function serveSite(contract: Contract): RequestHandler {
  const load = lazyAsync(async () => (await import('./create-site.ts')).createSite(contract));
  return async (request, response, next) => {
    if (sitePath.test(request.path)) (await load())(request, response, next);
    else next();
  };
}
