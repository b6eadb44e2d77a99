import { ConfigError } from '../config-error.ts';
import { limits } from '../limits.ts';
import type { StoreLocation } from '../store-location.ts';
import { toInteger } from './to-integer.ts';

/** Parses the number of worker processes. Throws a ConfigError when they could not share the store. */
export function toWorkers(text: string, store: StoreLocation): number {
  const workers = toInteger('WORKERS', text, { min: 1, max: limits.workers });
  if (workers > 1 && !isShared(store)) {
    throw new ConfigError(
      `WORKERS=${text} requires a store that processes can share: set STORE_URL to sqlite:FILE or postgres://….`,
    );
  }
  return workers;
}

const isShared = (store: StoreLocation): boolean =>
  store.kind !== 'memory' && !(store.kind === 'sqlite' && store.file === ':memory:');
