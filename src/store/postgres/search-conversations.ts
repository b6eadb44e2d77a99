import { limits } from '../../config/limits.ts';
import type { ConversationId } from '../../ids.ts';
import type { ConversationQuery, FoundConversation } from '../conversation-store.ts';
import type { FoundResult } from '../found-page.ts';
import { fromNumberCursor } from '../shared/cursors.ts';
import { toMetadata } from '../shared/parse-json.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import type { Connection } from './connection/connection.ts';
import { searchStatements } from './statements/search-statements.ts';

interface FoundRow {
  id: ConversationId;
  tenant: string;
  createdAt: number;
  /** JSON. */
  metadata: string;
  used: number;
  items: number;
}

const { conversationBoundary, conversations, conversationsById } = searchStatements;

export async function searchConversations(
  { after, id, tenant, limit }: ConversationQuery,
  connection: Connection,
): Promise<FoundResult<FoundConversation>> {
  const before = fromNumberCursor(after);
  if (before === undefined) return 'unknown-after';
  if (id !== undefined) {
    const rows = await connection.rows<FoundRow>(conversationsById, [tenant, id]);
    return { data: rows.map(toFound) };
  }
  const examined = [before, limits.searchedConversations];
  const last = await connection.row<{ used: number }>(conversationBoundary, examined);
  const rows = await connection.rows<FoundRow>(conversations, [before, last?.used ?? 0, tenant, limit + 1]);
  return toFoundPage(rows, {
    limit,
    boundary: last?.used.toString(),
    toCursor: ({ used }) => String(used),
    toEntry: toFound,
  });
}

const toFound = ({ id, tenant, createdAt, metadata, items }: FoundRow): FoundConversation => ({
  id,
  tenant,
  createdAt,
  metadata: toMetadata(metadata),
  items,
});
