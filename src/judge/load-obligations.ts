import { readFileSync } from 'node:fs';
import type { Obligations } from './obligations.ts';

let loaded: Obligations | undefined;

/** Returns the obligations of the public contracts, read at the first call. */
export function loadObligations(): Obligations {
  loaded ??= JSON.parse(readFileSync(new URL('../../generated/obligations.json', import.meta.url), 'utf8'));
  return loaded;
}
