import type { RequestHandler } from 'express';
import { isLoopback } from '../../config/loopback.ts';
import { ApiError } from '../../errors/api-error.ts';

/**
 * For a server without a key: answers only requests addressed to this machine by a loopback name. A web page can make a
 * browser resolve its own domain to 127.0.0.1 (DNS rebinding); its requests then carry that domain as their `Host`.
 */
export const guardHost: RequestHandler = (request, _response, next) => {
  const host = request.headers.host;
  if (host === undefined || isLoopback(host.replace(/:\d*$/, ''))) return next();
  next(
    new ApiError(
      'host_not_allowed',
      'Without an API key this server answers only to loopback host names such as localhost.',
    ),
  );
};
