import type { StoredResponse, StoredTurn, TurnFragment } from '../../response-store.ts';
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
  /** Bytes of the items, the resource and the fragment. */
  readonly storedBytes: number;
  /** JSON. */
  readonly resource: string;
  readonly fragment: TurnFragment | undefined;
}

/** `parent`: the content of the response that it continues. */
export function toContent(response: StoredResponse, parent: ResponseContent | undefined): ResponseContent {
  const { sessionId, createdAt, expiresAt, input, output, resource, parentId } = response;
  const fragment = parentId === undefined || parent?.fragment ? response.fragment : undefined;
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
    storedBytes:
      bytes + Buffer.byteLength(text) + Buffer.byteLength((fragment?.messages ?? '') + (fragment?.system ?? '')),
    resource: text,
    fragment,
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
