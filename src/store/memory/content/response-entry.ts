import type { ResponseId } from '../../../ids.ts';
import type { StoredResponse } from '../../response-store.ts';
import { toExpiry } from '../../shared/to-expiry.ts';
import type { RecencyLinks } from '../bounds/recency-list.ts';
import type { ConversationEntry } from '../memory-conversation-store.ts';
import { parseItems, parseResource, type ResponseContent } from './response-content.ts';
import type { SerializedItem } from './serialized-item.ts';

/** A response in memory. It is visible, or an entry that continues it needs it. */
export interface ResponseEntry extends RecencyLinks<ResponseEntry> {
  readonly id: ResponseId;
  readonly tenant: string;
  readonly parent: ResponseEntry | undefined;
  /** Increases with each created entry. */
  readonly sequence: number;
  /** The number of entries that continue this one. */
  children: number;
  visible: boolean;
  content: ResponseContent;
  conversation: ConversationEntry | undefined;
}

export interface WriteOptions {
  /** Bytes of other data that is written with the response. */
  extraBytes?: number;
  /** Whether to write it even if it does not fit. */
  isForced?: boolean;
}

/** A response to write. */
export interface Writing extends WriteOptions {
  content: ResponseContent;
  existing: ResponseEntry | undefined;
}

/** Creates a hidden entry without children. */
export function createEntry(
  fields: Pick<ResponseEntry, 'id' | 'tenant' | 'parent' | 'sequence' | 'content'>,
): ResponseEntry {
  return { ...fields, children: 0, visible: false, conversation: undefined, older: undefined, newer: undefined };
}

export const toStored = ({ id, tenant, content, conversation, parent }: ResponseEntry): StoredResponse => ({
  id,
  tenant,
  parentId: parent?.id,
  conversationId: conversation?.isRemoved ? undefined : conversation?.id,
  sessionId: content.sessionId,
  createdAt: content.createdAt,
  ...toExpiry(content.expiresAt),
  ...parseItems(content),
  resource: parseResource(content),
});

/** Returns the newest item with an id, of the visible owner that was created last. */
export function findItem(owners: readonly ResponseEntry[], itemId: string): SerializedItem | undefined {
  let newest: ResponseEntry | undefined;
  for (const owner of owners) {
    if (owner.visible && (newest === undefined || owner.sequence > newest.sequence)) newest = owner;
  }
  return newest?.content.items.findLast((item) => item.id === itemId);
}
