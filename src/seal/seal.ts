import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { limits } from '../config/limits.ts';

/**
 * Content that a client keeps for us but can't read or change: reasoning and compaction summaries. AES-256-GCM; the
 * tenant is part of what is authenticated, so one tenant's sealed content is worthless to another.
 */
export interface Sealer {
  /** Text to an opaque string. */
  seal(tenant: string, text: string): string;
  /** The text again; `undefined` for anything that was not sealed here for this tenant. */
  open(tenant: string, sealed: string): string | undefined;
}

/** Says what it is and how it was made; a later format gets another one. */
const prefix = 'tlr1_';
const nonceBytes = 12;
const tagBytes = 16;

/** `key` is 32 bytes. */
export function createSealer(key: Buffer): Sealer {
  return {
    seal(tenant, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(tenant));
      const body = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(tenant, sealed) {
      if (!sealed.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
      try {
        const nonce = bytes.subarray(0, nonceBytes);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(tenant)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        const body = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
        return inflateRawSync(body, { maxOutputLength: limits.bodyBytes }).toString();
      } catch {
        // Not ours, another tenant's, or changed on the way: which of them is nobody's business.
        return undefined;
      }
    },
  };
}
