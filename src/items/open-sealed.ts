import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { SealedKind, Sealer } from '../seal/seal.ts';
import { type CompactedHistory, parseCompaction } from './parse-compaction.ts';

/** Returns the text of sealed content, `undefined` for what was not sealed here. Throws an ApiError for too much of it. */
export type OpenSealed = (kind: SealedKind, sealed: string, param: string) => string | undefined;

/**
 * Opens what was sealed for a tenant. To be called once for each request: all that one request has unpacked is bounded
 * together, since a few kilobytes can hold megabytes.
 */
export function openFor(sealer: Sealer, tenant: string, maxBytes: number = limits.sealedBytes): OpenSealed {
  let bytesLeft = maxBytes;
  return (kind, sealed, param) => {
    // Zlib takes no bound of zero.
    if (bytesLeft < 1) throw tooLarge(maxBytes, param);
    try {
      const text = sealer.open({ tenant, kind }, sealed, bytesLeft);
      bytesLeft -= Buffer.byteLength(text ?? '');
      return text;
    } catch (cause) {
      if (cause instanceof RangeError) throw tooLarge(maxBytes, param, cause);
      throw cause;
    }
  };
}

/** The `encrypted_content` of a compaction item. */
export function sealCompaction(sealer: Sealer, tenant: string, { summary, messages }: CompactedHistory): string {
  return sealer.seal({ tenant, kind: 'compaction' }, JSON.stringify({ summary, messages }));
}

/** Throws `invalid_encrypted_content` for a summary that was not made here. `param` names the item. */
export function openCompaction(item: { encrypted_content: string }, open: OpenSealed, param: string): CompactedHistory {
  const text = open('compaction', item.encrypted_content, param);
  const compacted = text === undefined ? undefined : parseCompaction(text);
  if (compacted === undefined) throw invalid(unverified, param);
  return compacted;
}

/** The text of reasoning; when it came without, what the client kept for us sealed. */
export function readReasoning(
  { content, summary, encrypted_content: sealed }: Omit<Schemas['ReasoningItemInput'], 'type' | 'status'>,
  open: OpenSealed,
  param: string,
): string | undefined {
  const shown = [...(content ?? []), ...(summary ?? [])].map((part) => part.text).join('\n');
  if (shown || typeof sealed !== 'string') return shown || undefined;
  const text = open('reasoning', sealed, param);
  if (text === undefined) throw invalid(unverified, param);
  return text;
}

const unverified = 'The encrypted content could not be verified: it was not made by this server, or was changed.';

function tooLarge(maxBytes: number, param: string, cause?: RangeError): ApiError {
  return invalid(`The encrypted content of this request unpacks to more than ${maxBytes} bytes.`, param, cause);
}

function invalid(message: string, param: string, cause?: Error): ApiError {
  return new ApiError('invalid_encrypted_content', message, {
    ...(param ? { param: `${param}.encrypted_content` } : {}),
    cause,
  });
}
