import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The kind of item that holds the content. Content of one kind cannot be opened as another. */
export type SealedKind = 'reasoning' | 'compaction' | 'call' | 'request' | 'waived-request' | 'approval';

export interface SealScope {
  tenant: string;
  kind: SealedKind;
}

/**
 * Seals content that a client stores for the server but cannot read or change: reasoning and compaction summaries. Uses
 * AES-256-GCM. Format, kind and tenant are authenticated, so content opens only for its own kind and tenant.
 */
export interface Sealer {
  /** Returns an opaque string. */
  seal(scope: SealScope, text: string): string;
  /**
   * Returns the text, or `undefined` for anything that was not sealed with this key and scope. Throws a RangeError for
   * authentic content that inflates to more than `maxBytes`.
   */
  open(scope: SealScope, sealed: string, maxBytes: number): string | undefined;
}

/** Identifies the format. `tlr1_` did not authenticate the kind: see docs/decisions/2026-11-23-sealed-compaction.md. */
const prefix = 'tlr2_';
const nonceBytes = 12;
const tagBytes = 16;
/** Inflates in chunks of this size. With Node's 16 KB, content of many megabytes takes a third longer. */
const chunkSize = 256 * 1024;

/** Creates a sealer with a key of 32 bytes. */
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
      // Inflating authentic content fails only for its size.
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
    // Foreign, modified, or of another tenant or kind. The client does not learn which.
    return undefined;
  }
}

/** Encodes the scope as JSON, so that no part can run into another. */
const toAuthenticated = ({ tenant, kind }: SealScope): Buffer => Buffer.from(JSON.stringify([prefix, kind, tenant]));
