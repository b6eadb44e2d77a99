import type { Database, Statement } from 'better-sqlite3';
import type { FoundRow } from '../../shared/to-found-response.ts';
import type { NodeRow } from '../../shared/to-tree.ts';
import { itemsOf } from './items-of.ts';

interface Owned {
  tenant: string;
  id: string;
}

interface Keyed {
  key: number;
}

interface Before {
  before: number;
}

export interface CandidateRow extends Keyed {
  isVisible: 0 | 1;
}

export interface SearchStatements {
  /** The tenants that have responses. */
  tenants: Statement<[], string>;
  /** The tenants that have conversations. */
  conversationTenants: Statement<[], string>;
  byId: Statement<Owned, CandidateRow>;
  conversationKey: Statement<Owned, number>;
  byConversation: Statement<Keyed & Before, CandidateRow>;
  byTenant: Statement<{ tenant: string } & Before, CandidateRow>;
  all: Statement<Before, CandidateRow>;
  isInConversationOf: Statement<Keyed & { id: string }, 1>;
  bodies: Statement<Keyed, string>;
  input: Statement<Keyed & { bytes: number; limit: number }, string>;
  found: Statement<Keyed, FoundRow>;
  chain: Statement<Owned & { limit: number }, NodeRow>;
  descendants: Statement<Keyed & { limit: number }, NodeRow>;
}

/** Walks the index of a table from tenant to tenant. */
export const tenantsOf = (table: 'responses' | 'conversations'): string => `
  WITH RECURSIVE tenants (tenant) AS (
    SELECT min(tenant) FROM ${table}
    UNION ALL
    SELECT (SELECT min(own.tenant) FROM ${table} AS own WHERE own.tenant > tenants.tenant)
    FROM tenants WHERE tenants.tenant IS NOT NULL
  )
  SELECT tenant FROM tenants WHERE tenant IS NOT NULL`;

const candidate = 'SELECT key, used IS NOT NULL AS isVisible FROM responses';
const node = `
  SELECT r.key, r.id, parent.id AS parentId, r.created_at AS createdAt, r.used IS NOT NULL AS isVisible`;

/** Prepares the statements of searches in responses. */
export function prepareSearchStatements(database: Database): SearchStatements {
  return { ...prepareCandidates(database), ...prepareContents(database), ...prepareTree(database) };
}

function prepareCandidates(database: Database) {
  return {
    tenants: database.prepare<[], string>(tenantsOf('responses')).pluck(),
    conversationTenants: database.prepare<[], string>(tenantsOf('conversations')).pluck(),
    byId: database.prepare<Owned, CandidateRow>(`${candidate} WHERE tenant = @tenant AND id = @id`),
    conversationKey: database
      .prepare<Owned, number>('SELECT key FROM conversations WHERE tenant = @tenant AND id = @id')
      .pluck(),
    byConversation: database.prepare<Keyed & Before, CandidateRow>(`
      ${candidate} WHERE conversation_key = @key AND key < @before ORDER BY key DESC`),
    byTenant: database.prepare<{ tenant: string } & Before, CandidateRow>(`
      ${candidate} INDEXED BY responses_by_tenant WHERE tenant = @tenant AND key < @before ORDER BY key DESC`),
    all: database.prepare<Before, CandidateRow>(`${candidate} WHERE key < @before ORDER BY key DESC`),
  };
}

function prepareContents(database: Database) {
  return {
    isInConversationOf: database
      .prepare<Keyed & { id: string }, 1>(`
      SELECT 1 FROM responses AS r JOIN conversations AS c ON c.key = r.conversation_key
      WHERE r.key = @key AND c.id = @id`)
      .pluck(),
    bodies: database.prepare<Keyed, string>(`SELECT body FROM items WHERE ${itemsOf('@key')}`).pluck(),
    input: database
      .prepare<Keyed & { bytes: number; limit: number }, string>(`
      SELECT body FROM items WHERE ${itemsOf('@key')} AND is_output = 0 AND octet_length(body) <= @bytes
      ORDER BY items.key LIMIT @limit`)
      .pluck(),
    found: database.prepare<Keyed, FoundRow>(`
      SELECT r.id, r.tenant, parent.id AS parentId, c.id AS conversationId, r.created_at AS createdAt,
             resources.body AS resource
      FROM responses AS r
      JOIN resources ON resources.response_key = r.key
      LEFT JOIN responses AS parent ON parent.key = r.parent_key
      LEFT JOIN conversations AS c ON c.key = r.conversation_key
      WHERE r.key = @key`),
  };
}

function prepareTree(database: Database) {
  return {
    /** Newest first. */
    chain: database.prepare<Owned & { limit: number }, NodeRow>(`
      WITH RECURSIVE chain (key, parent_key) AS (
        SELECT key, parent_key FROM responses WHERE tenant = @tenant AND id = @id AND used IS NOT NULL
        UNION ALL
        SELECT r.key, r.parent_key FROM chain JOIN responses AS r ON r.key = chain.parent_key
        LIMIT @limit
      )
      ${node} FROM chain JOIN responses AS r ON r.key = chain.key
      LEFT JOIN responses AS parent ON parent.key = r.parent_key ORDER BY r.key DESC`),
    /** The oldest first, from the root with this key. */
    descendants: database.prepare<Keyed & { limit: number }, NodeRow>(`
      WITH RECURSIVE tree (key) AS (
        SELECT @key
        UNION ALL
        SELECT r.key FROM tree JOIN responses AS r ON r.parent_key = tree.key
        ORDER BY 1 LIMIT @limit
      )
      ${node} FROM tree JOIN responses AS r ON r.key = tree.key
      LEFT JOIN responses AS parent ON parent.key = r.parent_key ORDER BY r.key`),
  };
}
