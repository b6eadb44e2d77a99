import { isLoopback } from '../config/loopback.ts';
import { ApiError } from '../errors/api-error.ts';

/**
 * For a server without a key: lets only requests addressed to this machine by a loopback name through. A web page can
 * make a browser resolve its own domain to 127.0.0.1 (DNS rebinding); its requests then carry that domain as their
 * `Host`. Throws `host_not_allowed`.
 */
export function checkHost(host: string | undefined): void {
  if (host === undefined || isLoopback(host.replace(/:\d*$/, ''))) return;
  throw new ApiError(
    'host_not_allowed',
    'Without an API key this server answers only to loopback host names such as localhost.',
  );
}
