import type { Database, Statement } from 'better-sqlite3';
import type { ConversationId } from '../../../ids.ts';
import { ownItems } from './conversation-statements.ts';
import { tenantsOf } from './search-statements.ts';

/** A conversation in a list for operators. */
export interface FoundConversationRow {
  id: ConversationId;
  tenant: string;
  createdAt: number;
  /** JSON. */
  metadata: string;
  used: number;
  items: number;
}

/** The conversations used before a position, down to another. */
interface Range {
  before: number;
  from: number;
  /** Null selects all. */
  tenant: string | null;
  limit: number;
}

export interface FoundConversationStatements {
  /** The tenants that have conversations. */
  tenants: Statement<[], string>;
  byId: Statement<{ tenant: string; id: string }, FoundConversationRow>;
  boundary: Statement<{ before: number; examined: number }, number>;
  page: Statement<Range, FoundConversationRow>;
}

const found = `
  SELECT id, tenant, created_at AS createdAt, metadata, used,
         (SELECT count(*) FROM conversation_items AS own WHERE ${ownItems('conversations.key')}) AS items
  FROM conversations`;

/** Prepares the statements of searches in conversations. */
export function prepareFoundConversations(database: Database): FoundConversationStatements {
  return {
    tenants: database.prepare<[], string>(tenantsOf('conversations')).pluck(),
    byId: database.prepare<{ tenant: string; id: string }, FoundConversationRow>(
      `${found} WHERE tenant = @tenant AND id = @id`,
    ),
    boundary: database
      .prepare<{ before: number; examined: number }, number>(`
      SELECT used FROM conversations WHERE used < @before ORDER BY used DESC LIMIT 1 OFFSET @examined - 1`)
      .pluck(),
    page: database.prepare<Range, FoundConversationRow>(`
      ${found} INDEXED BY conversations_by_use
      WHERE used < @before AND used >= @from AND (@tenant IS NULL OR tenant = @tenant)
      ORDER BY used DESC LIMIT @limit`),
  };
}
