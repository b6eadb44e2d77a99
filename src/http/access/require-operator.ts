import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { isLoopback } from '../../config/loopback.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { Tenants } from '../../tenants/tenants.ts';
import { checkKey, findOperator } from './check-key.ts';
import { originNotAllowed } from './is-allowed-origin.ts';
import '../request-locals.ts';

/**
 * Admits operators of the server: requests with an operator's key, or from this machine if the server has no keys. Pages
 * of other origins are refused, also those that may use the API. Sets the operator of the request.
 */
export function requireOperator(tenants: Pick<Tenants, 'isOpen' | 'ownerOf' | 'operatorOf'>): RequestHandler {
  return (request, response, next) => {
    try {
      checkOrigin(request);
      if (tenants.isOpen) return next(isLocal(request) ? undefined : operatorRequired());
      checkKey(request.headers.authorization, tenants);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) response.setHeader('www-authenticate', 'Bearer');
      return next(error);
    }
    const operator = findOperator(request.headers.authorization, tenants);
    if (operator !== undefined) response.locals.operator = operator;
    next(operator === undefined ? operatorRequired() : undefined);
  };
}

function checkOrigin({ headers: { origin, host } }: IncomingMessage): void {
  if (origin !== undefined && URL.parse(origin)?.host !== host) throw originNotAllowed();
}

const isLocal = ({ socket }: IncomingMessage): boolean =>
  socket.remoteAddress !== undefined && isLoopback(socket.remoteAddress.replace(/^::ffff:/, ''));

const operatorRequired = (): ApiError =>
  new ApiError('operator_required', "This key may not operate the server. Expected an operator's key.");
