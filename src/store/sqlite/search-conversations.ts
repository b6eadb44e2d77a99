import { limits } from '../../config/limits.ts';
import type { ConversationQuery, FoundConversation } from '../conversation-store.ts';
import type { FoundResult } from '../found-page.ts';
import { fromNumberCursor } from '../shared/cursors.ts';
import { toMetadata } from '../shared/parse-json.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import type { FoundConversationRow, FoundConversationStatements } from './statements/found-conversation-statements.ts';

/** Searches conversations. Requires a transaction of the caller. */
export function searchConversations(
  { after, id, tenant, limit }: ConversationQuery,
  { tenants, byId, boundary: findBoundary, page }: FoundConversationStatements,
): FoundResult<FoundConversation> {
  const before = fromNumberCursor(after);
  if (before === undefined) return 'unknown-after';
  if (id !== undefined) {
    const owners = tenant === undefined ? tenants.all() : [tenant];
    return { data: owners.flatMap((owner) => byId.get({ tenant: owner, id }) ?? []).map(toFound) };
  }
  const boundary = findBoundary.get({ before, examined: limits.searchedConversations });
  const rows = page.all({ before, from: boundary ?? 0, tenant: tenant ?? null, limit: limit + 1 });
  return toFoundPage(rows, {
    limit,
    boundary: boundary?.toString(),
    toCursor: ({ used }) => String(used),
    toEntry: toFound,
  });
}

const toFound = ({ id, tenant, createdAt, metadata, items }: FoundConversationRow): FoundConversation => ({
  id,
  tenant,
  createdAt,
  metadata: toMetadata(metadata),
  items,
});
