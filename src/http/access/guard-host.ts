import type { RequestHandler } from 'express';
import type { Tenants } from '../../tenants/tenants.ts';
import { checkHost, checkSingleHost, findTargetHost } from './check-host.ts';

/** Refuses requests with several hosts. On a server without keys, also refuses hosts other than loopback names. */
export function guardHost(tenants: Pick<Tenants, 'isOpen'>): RequestHandler {
  return (request, _response, next) => {
    checkSingleHost(request.rawHeaders);
    if (tenants.isOpen) {
      checkHost(request.headers.host);
      checkHost(findTargetHost(request.originalUrl));
    }
    next();
  };
}
