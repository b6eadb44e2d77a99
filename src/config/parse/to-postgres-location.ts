import { ConfigError } from '../config-error.ts';
import type { StoreLocation } from '../store-location.ts';

type PostgresLocation = Extract<StoreLocation, { kind: 'postgres' }>;

/** What the driver takes in a URL, and what it understands: it would not complain about anything else. */
const settings: Readonly<Record<string, RegExp>> = {
  application_name: /./,
  host: /^[^,]+$/, // of a Unix socket: its folder
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
  'STORE_URL is not postgres://USER:PASSWORD@HOST:PORT/DATABASE: special characters must be percent-encoded, such as %40 for @.';

/** `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…`, without the settings that are ours. */
export function toPostgresLocation(url: string): PostgresLocation {
  if (hasSeveralHosts(url)) {
    const advice = 'several hosts are not understood; name one that leads to the primary';
    throw new ConfigError(`STORE_URL=${hideSecrets(url)}: ${advice}.`);
  }
  const parsed = URL.parse(url);
  const names = [...(parsed?.searchParams.keys() ?? [])];
  // A name that looks like none is the rest of a password: it is not to be printed.
  const isReadable = parsed?.hash === '' && names.every((name) => /^\w+$/.test(name));
  if (!isReadable || !isDecodable(parsed.username) || !isDecodable(parsed.password)) throw new ConfigError(unreadable);
  for (const [name, value] of parsed.searchParams) {
    const pattern = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (pattern === undefined) throw new ConfigError(`STORE_URL=${hideSecrets(url)}: unknown setting "${name}".`);
    if (!pattern.test(value)) throw new ConfigError(`STORE_URL=${hideSecrets(url)}: ${name} cannot be "${value}".`);
  }
  return { kind: 'postgres', url };
}

/** A URL as it may be printed: without a user and a password, whatever stands there. */
export const hideSecrets = (url: string): string => url.replace(/\/\/.*@/, '//…@');

/** As `psql` takes them. With ports it is no URL, so this is no matter of parsing it. */
const hasSeveralHosts = (url: string): boolean => /^\w+:\/\/([^/?#]*@)?[^@/?#]*,[^@/?#]*([/?#]|$)/.test(url);

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
