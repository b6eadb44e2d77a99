import { ConfigError } from '../config-error.ts';

/** The web origins that may call this server from a browser. */
export type CorsOrigins = { kind: 'loopback' } | { kind: 'any' } | { kind: 'list'; origins: ReadonlySet<string> };

/** Parses `API_SERVER_CORS_ORIGINS`. Throws a ConfigError. `isOpen`: the server has no keys. */
export function toCorsOrigins(text: string | undefined, { isOpen }: { isOpen: boolean }): CorsOrigins {
  if (text === undefined) return { kind: 'loopback' };
  const origins = text.split(',').map((origin) => origin.trim());
  if (origins.includes('*')) {
    if (isOpen)
      throw new ConfigError(
        'API_SERVER_CORS_ORIGINS=* requires API_SERVER_KEY: otherwise any web page could use the agent.',
      );
    return { kind: 'any' };
  }
  for (const origin of origins) {
    if (!isOrigin(origin)) {
      throw new ConfigError(
        `API_SERVER_CORS_ORIGINS: "${origin}" is invalid: expected an origin such as https://chat.example.org, ` +
          'app://obsidian.md or null, without a path or a wildcard.',
      );
    }
  }
  return { kind: 'list', origins: new Set(origins) };
}

/** Whether a browser may send this text as `Origin`. Apps and extensions have schemes of their own. */
function isOrigin(text: string): boolean {
  if (/^https?:/i.test(text)) return URL.parse(text)?.origin === text && !text.includes('*');
  return text === 'null' || /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*]*$/i.test(text);
}
