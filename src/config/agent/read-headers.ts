import { isConnectionHeader, isHeaderName, isHeaderValue } from '../request-headers.ts';
import type { SettingSource } from './setting-source.ts';

/** Reads the headers of every request. Throws a ConfigError for a name or value that HTTP does not allow. */
export function readHeaders(source: SettingSource): Record<string, string> {
  const headers = source.object();
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    checkName(source, name);
    // The value may be a secret, so the message has the name alone.
    if (typeof value !== 'string' || !isHeaderValue(value)) {
      source.fail(`the value of "${name}" must be a string of visible ASCII characters and spaces`);
    }
    if (seen.has(name.toLowerCase())) source.fail(`"${name}" is set twice`);
    seen.add(name.toLowerCase());
  }
  // Every value was checked above.
  return headers as Record<string, string>;
}

export function readHeaderNames(source: SettingSource): string[] {
  const names = source.texts();
  for (const name of names) checkName(source, name);
  return names;
}

function checkName(source: SettingSource, name: string): void {
  if (!isHeaderName(name)) source.fail('must consist of valid names of HTTP headers');
  if (isConnectionHeader(name)) source.fail(`must not contain "${name}": the server sets it itself`);
}
