import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { createConnector } from './http-pool.ts';
import { PrivateAddressError } from './private-address-error.ts';
import { isPublicAddress } from './public-addresses.ts';

type Lookup = (
  host: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Creates a connector that reaches public addresses only. The check is part of the connection, so it also covers
 * redirects, and names whose address changes after a check (DNS rebinding). A name with any other address is refused.
 */
export function connectPublicly(timeoutMs: number, resolve: Lookup = lookup): buildConnector.connector {
  const connect = createConnector({
    timeout: timeoutMs,
    allowH2: false,
    lookup: checkLookup(resolve),
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    // Node looks up names only: a literal address is checked here.
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new PrivateAddressError(), null);
    else connect(options, callback);
  };
}

function checkLookup(resolve: Lookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error('the name has no address'), '');
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new PrivateAddressError(), '');
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
