import { isLoopback } from '../../config/loopback.ts';
import { ApiError } from '../../errors/api-error.ts';

/**
 * Throws `invalid_value` for a request with more than one `Host` header (RFC 9112, 3.2): a proxy before this server and the
 * server itself could go by different ones.
 */
export function checkSingleHost(rawHeaders: readonly string[]): void {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  if (count > 1) throw new ApiError('invalid_value', `Expected one Host header, but got ${count}.`);
}

/** The host of a target in absolute form, which only a proxy is sent (RFC 9112, 3.2.2); otherwise `undefined`. */
export function findTargetHost(url: string): string | undefined {
  return url.startsWith('/') ? undefined : URL.parse(url)?.host;
}

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
