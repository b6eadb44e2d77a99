import type { StoredResponse, StoredTurn } from '../../response-store.ts';
import { countBytes, fromSerializedItem, type SerializedItem, toSerializedItem } from './serialized-item.ts';

/** The content of a response in serialized form. */
export interface ResponseContent {
  readonly sessionId: string;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  /** The input followed by the output. */
  readonly items: readonly SerializedItem[];
  readonly inputLength: number;
  /** Bytes of the items. */
  readonly bytes: number;
  /** Bytes of the items and the resource. */
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
  const items = [...input.map(toSerializedItem), ...output.map(toSerializedItem)];
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
    input: items.slice(0, inputLength).map(fromSerializedItem),
    output: items.slice(inputLength).map(fromSerializedItem),
  };
}

export function parseResource({ resource: text }: ResponseContent): Record<string, unknown> {
  const resource: Record<string, unknown> = JSON.parse(text);
  return resource;
}
