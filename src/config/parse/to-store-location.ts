import { ConfigError } from '../config-error.ts';
import type { StoreLocation } from '../store-location.ts';
import { hideSecrets, toPostgresLocation } from './to-postgres-location.ts';

/**
 * Parses `memory:`, `sqlite:FILE`, `sqlite::memory:` or `postgres://…`. All accept `?max=N` (responses; the least recently
 * used is evicted), memory also `?max_bytes=N`, SQLite `?synchronous=normal|full`, PostgreSQL its driver's settings.
 * Throws a ConfigError that names STORE_URL.
 */
export function toStoreLocation(url: string): StoreLocation {
  const [, kind, target = '', query = ''] = /^([a-z]+):([^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  const settings = new URLSearchParams(query);
  if (kind === 'postgres' || kind === 'postgresql')
    return { ...toPostgresLocation(withoutMax(url)), ...toMax(url, settings) };
  const max = toMax(url, settings);
  if (kind === 'memory' && target === '') {
    refuseUnknown(url, settings, ['max', 'max_bytes']);
    return { kind: 'memory', ...max, ...toMaxBytes(url, settings) };
  }
  if (kind === 'sqlite' && target !== '') {
    refuseUnknown(url, settings, ['max', 'synchronous']);
    return { kind: 'sqlite', file: target.replace(/^\/\//, ''), ...max, ...toSynchronous(url, settings) };
  }
  throw new ConfigError(
    `STORE_URL=${hideSecrets(url)} is invalid: expected "memory:", "sqlite:FILE" or "postgres://…".`,
  );
}

/** Removes our own setting from a URL. The rest stays byte for byte: a password must not be encoded twice. */
function withoutMax(url: string): string {
  const [before = '', ...query] = url.split('?');
  const rest = query
    .join('?')
    .split('&')
    .filter((setting) => setting !== '' && !/^max(=|$)/.test(setting));
  return rest.length === 0 ? before : `${before}?${rest.join('&')}`;
}

function toMax(url: string, settings: URLSearchParams): { maxResponses?: number } {
  const text = settings.get('max');
  if (text === null) return {};
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new ConfigError(`STORE_URL=${hideSecrets(url)}: max must be an integer of at least 1.`);
  return { maxResponses: Number(text) };
}

function toMaxBytes(url: string, settings: URLSearchParams): { maxBytes?: number } {
  const text = settings.get('max_bytes');
  if (text === null) return {};
  if (!/^[1-9]\d{6,14}$/.test(text)) {
    throw new ConfigError(`STORE_URL=${url}: max_bytes must be an integer of at least 1000000.`);
  }
  return { maxBytes: Number(text) };
}

function toSynchronous(url: string, settings: URLSearchParams): { synchronous?: 'NORMAL' | 'FULL' } {
  switch (settings.get('synchronous')?.toLowerCase()) {
    case undefined:
      return {};
    case 'normal':
      return { synchronous: 'NORMAL' };
    case 'full':
      return { synchronous: 'FULL' };
    default:
      throw new ConfigError(`STORE_URL=${url}: synchronous must be "normal" or "full".`);
  }
}

function refuseUnknown(url: string, settings: URLSearchParams, known: string[]): void {
  for (const name of settings.keys()) {
    if (!known.includes(name)) throw new ConfigError(`STORE_URL=${url}: unknown setting "${name}".`);
  }
}
