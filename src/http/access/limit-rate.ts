import type { RequestHandler } from 'express';
import { rateLimitError } from '../../tenants/rate-limit-error.ts';
import type { Tenants } from '../../tenants/tenants.ts';
import { rateHeaders } from './rate-headers.ts';
import '../request-locals.ts';

/**
 * Counts a request against its tenant's rate limit, sends the rate limit headers and refuses requests over the limit.
 */
export function limitRate(tenants: Pick<Tenants, 'countRequest'>): RequestHandler {
  return (_request, response, next) => {
    const { tenant } = response.locals;
    const count = tenant === undefined ? undefined : tenants.countRequest(tenant);
    if (!count) return next();
    for (const [name, value] of Object.entries(rateHeaders(count))) response.setHeader(name, value);
    return count.waitMs > 0 ? next(rateLimitError(count)) : next();
  };
}
