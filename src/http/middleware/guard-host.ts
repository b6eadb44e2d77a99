import type { RequestHandler } from 'express';
import type { Tenants } from '../../tenants/tenants.ts';
import { checkHost } from '../check-host.ts';

/** On a server without keys, lets only loopback names through. */
export function guardHost(tenants: Pick<Tenants, 'isOpen'>): RequestHandler {
  return (request, _response, next) => {
    if (tenants.isOpen) checkHost(request.headers.host);
    next();
  };
}
