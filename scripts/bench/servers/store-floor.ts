/**
 * The third floor: the second, with each finished turn in SQLite (`STORE_FILE`), one row and one commit per turn. A
 * turn continues another by walking its chain and joining the messages as JSON text. A plain response is folded from a
 * stream.
 */
import SqliteDatabase from 'better-sqlite3';
import { listen } from './listen.ts';
import { createTranslator } from './translate.ts';

const database = new SqliteDatabase(process.env['STORE_FILE']);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
database.exec(`
  CREATE TABLE responses (
    id TEXT PRIMARY KEY, previous TEXT, messages TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT`);

const insert = database.prepare('INSERT INTO responses (id, previous, messages, body) VALUES (?, ?, ?, ?)');
const walk = database
  .prepare<[string], string>(`
    WITH RECURSIVE chain (previous, messages) AS (
      SELECT previous, messages FROM responses WHERE id = ?
      UNION ALL
      SELECT responses.previous, responses.messages FROM chain JOIN responses ON responses.id = chain.previous
    )
    SELECT messages FROM chain`)
  .pluck();

let responses = 0;

listen(
  createTranslator({
    isFolded: true,
    open: (previous) => ({
      id: `resp_${++responses}`,
      history: previous === undefined ? '' : walk.all(previous).reverse().join(','),
    }),
    keep: ({ id, previous, messages, body }) => insert.run(id, previous ?? null, messages, body),
  }),
);
