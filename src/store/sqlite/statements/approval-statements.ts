import type { Database, Statement } from 'better-sqlite3';
import type { ApprovalStatus } from '../../approval-store.ts';
import type { RunId } from '../../run-store.ts';
import { hasStatus } from '../../shared/approval-sql.ts';
import type { TimePosition } from '../../shared/cursors.ts';

interface Identified {
  tenant: string;
  id: string;
}

export interface NewApprovalRow extends Identified {
  runId: RunId;
  hash: string;
  createdAt: number;
  expiresAt: number;
  server: string | null;
  tool: string | null;
  state: string | null;
}

export interface ApprovalRow extends NewApprovalRow {
  /** Null: pending, like the columns below. */
  approve: 0 | 1 | null;
  reason: string | null;
  usedBy: RunId | null;
  answeredAt: number | null;
}

interface Answer extends Identified {
  approve: 0 | 1;
  reason: string | null;
  runId: RunId;
  now: number;
}

/** The approvals before a position, down to another. Null selects all. */
interface Range extends TimePosition {
  fromCreatedAt: number;
  fromId: string;
  status: ApprovalStatus | 'all';
  tenant: string | null;
  runId: string | null;
  now: number;
  limit: number;
}

export interface ApprovalStatements {
  insert: Statement<NewApprovalRow>;
  find: Statement<Identified, ApprovalRow>;
  /** `ids`: a JSON array. */
  list: Statement<{ tenant: string; ids: string }, ApprovalRow>;
  answer: Statement<Answer>;
  findAny: Statement<{ id: string }, ApprovalRow>;
  boundary: Statement<TimePosition & { examined: number }, TimePosition>;
  page: Statement<Range, ApprovalRow>;
  deleteExpired: Statement<{ now: number; limit: number }>;
}

const columns = `
  tenant, id, run_id AS runId, hash, created_at AS createdAt, expires_at AS expiresAt, server, tool, state,
  approve, reason, used_by AS usedBy, answered_at AS answeredAt`;

/** Prepares the statements of the approval store. */
export function prepareApprovalStatements(database: Database): ApprovalStatements {
  return {
    insert: database.prepare(`
      INSERT INTO approvals (tenant, id, run_id, hash, created_at, expires_at, server, tool, state)
      VALUES (@tenant, @id, @runId, @hash, @createdAt, @expiresAt, @server, @tool, @state)
      ON CONFLICT (tenant, id) DO NOTHING`),
    find: database.prepare(`
      SELECT ${columns} FROM approvals WHERE tenant = @tenant AND id = @id`),
    list: database.prepare(`
      SELECT ${columns} FROM approvals WHERE tenant = @tenant AND id IN (SELECT value FROM json_each(@ids))`),
    /** A repetition by the same run keeps the first answer. */
    answer: database.prepare(`
      UPDATE approvals
      SET approve = @approve, used_by = @runId, answered_at = coalesce(answered_at, @now),
          reason = CASE WHEN used_by IS NULL THEN @reason ELSE reason END
      WHERE tenant = @tenant AND id = @id
        AND ((used_by IS NULL AND expires_at > @now) OR (used_by = @runId AND approve = @approve))`),
    findAny: database.prepare(`SELECT ${columns} FROM approvals WHERE id = @id`),
    boundary: database.prepare(`
      SELECT created_at AS createdAt, id FROM approvals WHERE (created_at, id) < (@createdAt, @id)
      ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET @examined - 1`),
    page: database.prepare(`
      SELECT ${columns} FROM approvals
      WHERE (created_at, id) < (@createdAt, @id) AND (created_at, id) >= (@fromCreatedAt, @fromId)
        AND (@tenant IS NULL OR tenant = @tenant) AND (@runId IS NULL OR run_id = @runId)
        AND ${hasStatus('@status', '@now')}
      ORDER BY created_at DESC, id DESC LIMIT @limit`),
    deleteExpired: database.prepare(`
      DELETE FROM approvals WHERE key IN (
        SELECT key FROM approvals WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit
      )`),
  };
}
