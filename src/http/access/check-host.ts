import { isLoopback } from '../../config/loopback.ts';
import { ApiError } from '../../errors/api-error.ts';

/**
 * Throws `invalid_value` for a request with more than one `Host` header (RFC 9112, 3.2): a proxy and this server could
 * use different ones.
 */
export function checkSingleHost(rawHeaders: readonly string[]): void {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  if (count > 1) throw new ApiError('invalid_value', `Expected one Host header, but got ${count}.`);
}

/** Returns the host of a request target in absolute form (RFC 9112, 3.2.2), otherwise `undefined`. */
export function findTargetHost(url: string): string | undefined {
  return url.startsWith('/') ? undefined : URL.parse(url)?.host;
}

/**
 * Throws `host_not_allowed` unless the host is a loopback name. Protects a server without a key from DNS rebinding: a
 * web page makes a browser resolve its domain to 127.0.0.1, and its requests carry that domain as their `Host`.
 */
export function checkHost(host: string | undefined): void {
  if (host === undefined || isLoopback(host.replace(/:\d*$/, ''))) return;
  throw new ApiError(
    'host_not_allowed',
    'Host not allowed. A server without an API key accepts only loopback names such as localhost.',
  );
}
