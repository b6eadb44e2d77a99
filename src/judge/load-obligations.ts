import { readFileSync } from 'node:fs';
import type { Obligations } from './obligations.ts';

let loaded: Obligations | undefined;
const file = new URL('../../generated/obligations.json', import.meta.url);

/** Returns the obligations of the public contracts, read at the first call. */
export function loadObligations(): Obligations {
  loaded ??= read();
  return loaded;
}

const read = (): Obligations => JSON.parse(readFileSync(file, 'utf8'));
