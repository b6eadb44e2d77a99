import { createHash, randomBytes } from 'node:crypto';

/** Lets secret scanners recognize a leaked key. */
const prefix = 'tlr_';
const keyBytes = 32;

/** Creates an API key: the prefix, then 256 random bits in base64url. */
export function createKey(): string {
  return prefix + randomBytes(keyBytes).toString('base64url');
}

/**
 * Returns the stored form of a key, such as `sha256:9f86…`. A plain hash without salt or work factor: those protect
 * guessable passwords. A key of 256 random bits cannot be guessed, and a check takes microseconds.
 */
export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

export const isKeyHash = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
