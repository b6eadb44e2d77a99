import { ConfigError } from '../config-error.ts';
import type { StoreLocation } from '../store-location.ts';
import { hideSecrets, toPostgresLocation } from './to-postgres-location.ts';

/**
 * `memory:`, `sqlite:FILE`, `sqlite::memory:` or `postgres://…`, each with `?max=N` (responses kept, least recently used
 * evicted first), memory also with `?max_bytes=N`, SQLite with `?synchronous=normal|full` (survives a killed process | a
 * power cut), PostgreSQL with what its driver takes.
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
  throw new ConfigError(`STORE_URL=${hideSecrets(url)} is not "memory:", "sqlite:FILE" or "postgres://…".`);
}

/** The rest stays byte for byte: a password is not to be encoded anew. */
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
    throw new ConfigError(`STORE_URL=${hideSecrets(url)}: max must be a whole number from 1 up.`);
  return { maxResponses: Number(text) };
}

function toMaxBytes(url: string, settings: URLSearchParams): { maxBytes?: number } {
  const text = settings.get('max_bytes');
  if (text === null) return {};
  if (!/^[1-9]\d{6,14}$/.test(text)) {
    throw new ConfigError(`STORE_URL=${url}: max_bytes must be a whole number from 1000000 up.`);
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
