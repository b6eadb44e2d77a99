import type { Database } from 'better-sqlite3';

/**
 * Forward only: a released entry is never edited, the next one is appended. Entry N brings a file from version N
 * (`PRAGMA user_version`) to N + 1.
 */
export const migrations: readonly string[] = [
  `
  -- Narrow on purpose: the walk of a chain and the order of use read and write these rows only.
  CREATE TABLE responses (
    key        INTEGER PRIMARY KEY,
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    parent_key INTEGER REFERENCES responses (key),
    session_id TEXT    NOT NULL,
    created_at INTEGER NOT NULL, -- Unix seconds
    used       INTEGER,          -- place in the order of use; NULL: hidden, kept for its descendants
    UNIQUE (tenant, id)
  ) STRICT;
  CREATE INDEX responses_by_parent ON responses (parent_key) WHERE parent_key IS NOT NULL;
  CREATE INDEX responses_by_use ON responses (used) WHERE used IS NOT NULL;

  -- Counting rows costs as much as there are; this row costs the same for ever.
  CREATE TABLE totals (
    visible INTEGER NOT NULL,
    checks  INTEGER NOT NULL     -- changed by each check: SQLite doesn't write a row that stays the same
  ) STRICT;
  INSERT INTO totals VALUES (0, 0);
  CREATE TRIGGER responses_inserted AFTER INSERT ON responses WHEN new.used IS NOT NULL BEGIN
    UPDATE totals SET visible = visible + 1;
  END;
  CREATE TRIGGER responses_shown_or_hidden AFTER UPDATE OF used ON responses
  WHEN (new.used IS NULL) <> (old.used IS NULL) BEGIN
    UPDATE totals SET visible = visible + (new.used IS NOT NULL) - (old.used IS NOT NULL);
  END;

  CREATE TABLE resources (
    response_key INTEGER PRIMARY KEY REFERENCES responses (key) ON DELETE CASCADE,
    body         TEXT NOT NULL   -- JSON
  ) STRICT;

  -- key = response_key << 24 | position: the items of a response lie side by side in order, with no second index.
  CREATE TABLE items (
    key       INTEGER PRIMARY KEY,
    is_output INTEGER NOT NULL,  -- 0: given by the client, 1: produced by the agent
    body      TEXT    NOT NULL   -- JSON
  ) STRICT;
  `,
];

/** Marks a file as ours (`PRAGMA application_id`): the ASCII codes of "Tlra". */
const applicationId = 0x546c7261;

/**
 * Brings a database to the newest version, alone: other handles wait. Throws an `Error` that says why when the file
 * is newer than this code or belongs to another application, and a `SqliteError` when it can't be written.
 */
export function migrate(database: Database): void {
  database.transaction(applyMigrations).immediate(database);
}

function applyMigrations(database: Database): void {
  const version = readNumber(database, 'PRAGMA user_version');
  if (readNumber(database, 'PRAGMA application_id') !== applicationId) {
    const tables = readNumber(database, 'SELECT count(*) FROM sqlite_schema');
    if (version !== 0 || tables !== 0) throw new Error('it belongs to another application');
    database.pragma(`application_id = ${applicationId}`);
  }
  if (version > migrations.length) {
    throw new Error(`it was written by a newer version (schema ${version}; this one knows up to ${migrations.length})`);
  }
  for (const migration of migrations.slice(version)) database.exec(migration);
  database.pragma(`user_version = ${migrations.length}`);
}

const readNumber = (database: Database, sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
