import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { SealedKind, Sealer } from '../seal/seal.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { type CompactedHistory, parseCompaction } from './parse-compaction.ts';

/**
 * Returns the text of sealed content, `undefined` for content sealed elsewhere. Throws an ApiError above the size
 * limit.
 */
export type OpenSealed = (kind: SealedKind, sealed: string, param: string) => string | undefined;

/**
 * Returns a function that opens content sealed for a tenant. Call this once per request: the limit applies to all that
 * one request unpacks, since a few kilobytes can unpack to megabytes.
 */
export function openFor(sealer: Sealer, tenant: string, maxBytes: number = limits.sealedBytes): OpenSealed {
  let bytesLeft = maxBytes;
  return (kind, sealed, param) => {
    // Zlib rejects a limit of zero.
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

/** Returns the `encrypted_content` of a compaction item. */
export function sealCompaction(sealer: Sealer, tenant: string, { summary, messages }: CompactedHistory): string {
  return sealer.seal({ tenant, kind: 'compaction' }, JSON.stringify({ summary, messages }));
}

/** Returns the `encrypted_content` of a reasoning item that carries a call of the tool loop with its result. */
export function sealCall(sealer: Sealer, tenant: string, item: StoredItem): string {
  return sealer.seal({ tenant, kind: 'call' }, JSON.stringify(item));
}

/** Returns the call that a reasoning item carries; `undefined` for any other item. Throws an ApiError above the size limit. */
export function openCall(item: StoredItem, open: OpenSealed, param: string): StoredItem | undefined {
  const { type, encrypted_content: sealed, summary } = item;
  const isCarrier =
    type === 'reasoning' && typeof sealed === 'string' && Array.isArray(summary) && summary.length === 0;
  const text = isCarrier ? open('call', sealed, param) : undefined;
  return text === undefined ? undefined : (JSON.parse(text) as StoredItem);
}

/** Throws `invalid_encrypted_content` for a summary sealed elsewhere. `param` is the path of the item. */
export function openCompaction(item: { encrypted_content: string }, open: OpenSealed, param: string): CompactedHistory {
  const compacted = tryOpenCompaction(item, open, param);
  if (compacted === undefined) throw invalid(unverified, param);
  return compacted;
}

/** Returns the compacted history, `undefined` when it was sealed elsewhere. */
export function tryOpenCompaction(
  item: { encrypted_content: string },
  open: OpenSealed,
  param: string,
): CompactedHistory | undefined {
  const text = open('compaction', item.encrypted_content, param);
  return text === undefined ? undefined : parseCompaction(text);
}

/**
 * Returns the text of reasoning, from its sealed content when it has no other. Thoughts sealed elsewhere are left out:
 * a client that changes its provider replays them, and the turn does not depend on them. Throws an ApiError above the
 * size limit.
 */
export function readReasoning(
  { content, summary, encrypted_content: sealed }: Omit<Schemas['ReasoningItemInput'], 'type' | 'status'>,
  open: OpenSealed,
  param: string,
): string | undefined {
  const shown = [...(content ?? []), ...(summary ?? [])].map((part) => part.text).join('\n');
  return shown || (sealed ? open('reasoning', sealed, param) : undefined);
}

const unverified = 'The encrypted content could not be verified: another server made it, or it was changed.';

function tooLarge(maxBytes: number, param: string, cause?: RangeError): ApiError {
  return invalid(`The encrypted content of this request unpacks to more than ${maxBytes} bytes.`, param, cause);
}

function invalid(message: string, param: string, cause?: Error): ApiError {
  return new ApiError('invalid_encrypted_content', message, {
    ...(param ? { param: `${param}.encrypted_content` } : {}),
    cause,
  });
}
