import { ConfigError } from '../config-error.ts';
import type { StoreLocation } from '../store-location.ts';

type PostgresLocation = Extract<StoreLocation, { kind: 'postgres' }>;

/** The driver settings accepted in a URL, with their values. The driver ignores unknown ones without an error. */
const settings: Readonly<Record<string, RegExp>> = {
  application_name: /./,
  host: /^[^,]+$/, // the folder of a Unix socket
  options: /./,
  prepare: /^(true|false)$/,
  sslcert: /./,
  sslkey: /./,
  sslmode: /^(disable|prefer|require|verify-ca|verify-full|no-verify)$/,
  sslnegotiation: /^(postgres|direct)$/,
  sslrootcert: /./,
  uselibpqcompat: /^true$/,
};

const unreadable =
  'STORE_URL is invalid: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters percent-encoded (%40 for @).';

/** Validates `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…`. Throws a ConfigError without the password. */
export function toPostgresLocation(url: string): PostgresLocation {
  if (hasSeveralHosts(url)) {
    const advice = 'several hosts are not supported; name one that leads to the primary';
    throw new ConfigError(`STORE_URL=${hideSecrets(url)}: ${advice}.`);
  }
  const parsed = URL.parse(url);
  const names = [...(parsed?.searchParams.keys() ?? [])];
  // Any other name may be the rest of a password that was not encoded: it must not be printed.
  const isReadable = parsed?.hash === '' && names.every((name) => /^\w+$/.test(name));
  if (!isReadable || !isDecodable(parsed.username) || !isDecodable(parsed.password)) throw new ConfigError(unreadable);
  for (const [name, value] of parsed.searchParams) {
    const pattern = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (pattern === undefined) throw new ConfigError(`STORE_URL=${hideSecrets(url)}: unknown setting "${name}".`);
    if (!pattern.test(value)) throw new ConfigError(`STORE_URL=${hideSecrets(url)}: invalid ${name} "${value}".`);
  }
  return { kind: 'postgres', url };
}

/** Returns a URL for messages, without user and password. */
export const hideSecrets = (url: string): string => url.replace(/\/\/.*@/, '//…@');

/** Whether a URL lists several hosts, as `psql` accepts. With ports it cannot be parsed as a URL. */
const hasSeveralHosts = (url: string): boolean => /^\w+:\/\/([^/?#]*@)?[^@/?#]*,[^@/?#]*([/?#]|$)/.test(url);

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
