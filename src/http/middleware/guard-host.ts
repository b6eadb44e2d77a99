import type { RequestHandler } from 'express';
import { checkHost } from '../check-host.ts';

/** Mounted on a server without a key. */
export const guardHost: RequestHandler = (request, _response, next) => {
  checkHost(request.headers.host);
  next();
};
