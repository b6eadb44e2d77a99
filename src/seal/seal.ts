import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The item that holds the content. One kind is never opened as another. */
export type SealedKind = 'reasoning' | 'compaction';

export interface SealScope {
  tenant: string;
  kind: SealedKind;
}

/**
 * Content that a client keeps for us but can't read or change: reasoning and compaction summaries. AES-256-GCM; format,
 * kind and tenant are part of what is authenticated, so sealed content is worthless as another kind or to another tenant.
 */
export interface Sealer {
  /** Text to an opaque string. */
  seal(scope: SealScope, text: string): string;
  /**
   * Returns the text again, `undefined` for anything that was not sealed here for this scope. Throws a RangeError for
   * content of ours that unpacks to more than `maxBytes`.
   */
  open(scope: SealScope, sealed: string, maxBytes: number): string | undefined;
}

/**
 * Names the format; a later one gets another prefix. `tlr1_` did not authenticate the kind: see
 * docs/decisions/2026-11-23-sealed-compaction.md.
 */
const prefix = 'tlr2_';
const nonceBytes = 12;
const tagBytes = 16;
/** Unpacked in pieces of this size: with Node's 16 KB, content of many megabytes takes a third longer. */
const chunkSize = 256 * 1024;

/** `key` is 32 bytes. */
export function createSealer(key: Buffer): Sealer {
  return {
    seal(scope, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(toAuthenticated(scope));
      const body = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(scope, sealed, maxBytes) {
      const packed = sealed.startsWith(prefix) ? decrypt(key, scope, sealed.slice(prefix.length)) : undefined;
      // Authentic content was packed here: it can only fail to unpack by its size.
      return packed && inflateRawSync(packed, { maxOutputLength: maxBytes, chunkSize }).toString();
    },
  };
}

function decrypt(key: Buffer, scope: SealScope, text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  try {
    const nonce = bytes.subarray(0, nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(toAuthenticated(scope)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    // Not ours, another tenant's or kind's, or changed on the way: the client does not learn which.
    return undefined;
  }
}

/** JSON, so that no part can pass for the end or the beginning of another. */
const toAuthenticated = ({ tenant, kind }: SealScope): Buffer => Buffer.from(JSON.stringify([prefix, kind, tenant]));
