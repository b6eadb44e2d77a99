import type { RequestHandler } from 'express';
import type { Tenants } from '../../tenants/tenants.ts';
import { checkKey, isOperatorKey } from './check-key.ts';
import '../request-locals.ts';

/** Checks the API key and sets the tenant of the request. */
export function authenticate(tenants: Pick<Tenants, 'ownerOf' | 'isOperator'>): RequestHandler {
  return (request, response, next) => {
    try {
      response.locals.tenant = checkKey(request.headers.authorization, tenants);
      response.locals.isOperator = isOperatorKey(request.headers.authorization, tenants);
    } catch (error) {
      response.setHeader('www-authenticate', 'Bearer');
      return next(error);
    }
    next();
  };
}
