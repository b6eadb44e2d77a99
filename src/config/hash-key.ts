import { createHash, randomBytes } from 'node:crypto';

/** By it secret scanners find a key that was published by mistake. */
const prefix = 'tlr_';
const keyBytes = 32;

/** A new API key: 256 random bits in base64url, after the prefix. */
export function createKey(): string {
  return prefix + randomBytes(keyBytes).toString('base64url');
}

/**
 * What is kept of a key, such as `sha256:9f86…`. A plain hash, without salt or work factor: those protect passwords, which
 * can be guessed from a list. Nobody can go through 2^256 keys, however cheap each try is, and a check costs microseconds.
 */
export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

export const isKeyHash = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
