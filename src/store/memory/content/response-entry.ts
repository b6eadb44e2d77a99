import type { ResponseId } from '../../../ids.ts';
import type { StoredResponse } from '../../response-store.ts';
import { toExpiry } from '../../shared/to-expiry.ts';
import type { RecencyLinks } from '../bounds/recency-list.ts';
import type { ConversationEntry } from '../memory-conversation-store.ts';
import { parseItems, parseResource, type ResponseContent } from './response-content.ts';

/** One response as it is kept; in the list of the visible ones, or needed by an entry that continues it. */
export interface ResponseEntry extends RecencyLinks<ResponseEntry> {
  readonly id: ResponseId;
  readonly tenant: string;
  readonly parent: ResponseEntry | undefined;
  /** Grows with each entry made. */
  readonly sequence: number;
  /** Entries whose `parent` this is. */
  children: number;
  visible: boolean;
  content: ResponseContent;
  conversation: ConversationEntry | undefined;
}

export interface WriteOptions {
  /** Bytes that are written together with the response. */
  bytesBeside?: number;
  /** Whether to write it even when it does not fit. */
  isForced?: boolean;
}

/** A response that is about to be written. */
export interface Writing extends WriteOptions {
  content: ResponseContent;
  existing: ResponseEntry | undefined;
}

/** A hidden entry without children. */
export function createEntry(
  fields: Pick<ResponseEntry, 'id' | 'tenant' | 'parent' | 'sequence' | 'content'>,
): ResponseEntry {
  return { ...fields, children: 0, visible: false, conversation: undefined, older: undefined, newer: undefined };
}

export const toStored = ({ id, tenant, content, conversation, parent }: ResponseEntry): StoredResponse => ({
  id,
  tenant,
  parentId: parent?.id,
  conversationId: conversation?.gone ? undefined : conversation?.id,
  sessionId: content.sessionId,
  createdAt: content.createdAt,
  ...toExpiry(content.expiresAt),
  ...parseItems(content),
  resource: parseResource(content),
});
