import type { StoredResponse, StoredTurn } from '../../response-store.ts';
import { countBytes, fromKeptItem, type KeptItem, toKeptItem } from './serialized-item.ts';

/** What a response holds, as it is kept. */
export interface ResponseContent {
  readonly sessionId: string;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  /** The input, then the output. */
  readonly items: readonly KeptItem[];
  readonly inputLength: number;
  /** Of the items. */
  readonly bytes: number;
  /** Of the items and the resource. */
  readonly storedBytes: number;
  /** JSON. */
  readonly resource: string;
}

export function toContent({
  sessionId,
  createdAt,
  expiresAt,
  input,
  output,
  resource,
}: StoredResponse): ResponseContent {
  const items = [...input.map(toKeptItem), ...output.map(toKeptItem)];
  const bytes = countBytes(items);
  const text = JSON.stringify(resource);
  return {
    sessionId,
    createdAt,
    expiresAt,
    items,
    inputLength: input.length,
    bytes,
    storedBytes: bytes + Buffer.byteLength(text),
    resource: text,
  };
}

export function parseItems({ items, inputLength }: ResponseContent): Pick<StoredTurn, 'input' | 'output'> {
  return {
    input: items.slice(0, inputLength).map(fromKeptItem),
    output: items.slice(inputLength).map(fromKeptItem),
  };
}

export function parseResource({ resource: text }: ResponseContent): Record<string, unknown> {
  const resource: Record<string, unknown> = JSON.parse(text);
  return resource;
}
