import { randomBytes } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import type { StoreUnderTest } from '../suite/open-store.ts';
import type { TestServer } from './test-server.ts';

/** Creates a schema in the server's database. On a permanent server it is dropped on disposal. */
export interface TestSchema extends AsyncDisposable {
  /** Opens this schema. `application_name` has the same name. */
  url: string;
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export async function createTestSchema({ url: serverUrl, isTemporary }: TestServer): Promise<TestSchema> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  const url = `${serverUrl}?application_name=${schema}&options=${encodeURIComponent(`-c search_path=${schema}`)}`;
  let client = await connectTo(url);
  await client.query(`CREATE SCHEMA ${schema}`);
  return {
    url,
    async query<Row extends QueryResultRow>(sql: string, values: unknown[] = []) {
      // A server restart broke the connection.
      if (broken.has(client)) client = await connectTo(url);
      return (await client.query<Row>(sql, values)).rows;
    },
    async [Symbol.asyncDispose]() {
      // Quiet, because it drops hundreds of objects.
      const drop = `SET client_min_messages = error; DROP SCHEMA ${schema} CASCADE`;
      if (!isTemporary) await client.query(drop);
      await client.end().catch(() => {});
    },
  };
}

const broken = new WeakSet<Client>();

async function connectTo(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => broken.add(client));
  await client.connect();
  return client;
}

export interface TestDatabase extends StoreUnderTest, TestSchema {}

export async function openTestDatabase(server: TestServer, maxResponses?: number): Promise<TestDatabase> {
  const schema = await createTestSchema(server);
  const open = () => openPostgresStore({ url: schema.url, ...(maxResponses === undefined ? {} : { maxResponses }) });
  const stack = new AsyncDisposableStack();
  stack.use(schema);
  const store = stack.use(await open());
  return {
    ...schema,
    store,
    storedCount: () => countStored(schema),
    another: async () => stack.use(await open()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** SQL: orphaned rows and wrong counts. */
const leftBehind: Record<string, string> = {
  'items without a response': 'SELECT count(*) FROM items WHERE response_key NOT IN (SELECT key FROM responses)',
  'items without a conversation':
    'SELECT count(*) FROM conversation_items WHERE conversation_key NOT IN (SELECT key FROM conversations)',
  'items without a body': `SELECT count(*) FROM conversation_items AS own WHERE body IS NULL AND NOT EXISTS (
     SELECT 1 FROM items WHERE items.response_key = own.response_key AND items.position = own.item_position)`,
  'contents without a chat completion':
    'SELECT count(*) FROM chat_completion_contents WHERE completion_key NOT IN (SELECT key FROM chat_completions)',
  'chat completions without contents':
    'SELECT count(*) FROM chat_completions WHERE key NOT IN (SELECT completion_key FROM chat_completion_contents)',
  'events without a run': 'SELECT count(*) FROM run_events WHERE run_key NOT IN (SELECT key FROM runs)',
  'steps without a log': 'SELECT count(*) FROM run_steps WHERE run_key NOT IN (SELECT key FROM runs WHERE has_log)',
  'requests without a run':
    'SELECT count(*) FROM run_requests WHERE run_key NOT IN (SELECT key FROM runs WHERE ended_at IS NULL)',
  'resources without a response':
    'SELECT count(*) FROM resources WHERE response_key NOT IN (SELECT key FROM responses)',
  'responses without a resource':
    'SELECT count(*) FROM responses WHERE key NOT IN (SELECT response_key FROM resources)',
  'responses counted wrongly': "SELECT count(*) - total('responses') FROM responses WHERE used IS NOT NULL",
  'conversations counted wrongly': "SELECT count(*) - total('conversations') FROM conversations",
  'chat completions counted wrongly': "SELECT count(*) - total('chat_completions') FROM chat_completions",
};
const countAll = `SELECT ${Object.entries(leftBehind)
  .map(([what, sql]) => `(${sql})::integer AS "${what}"`)
  .join(', ')}, (SELECT count(*) FROM responses)::integer AS responses`;

/** Counts responses, including hidden ones. Throws when there are orphaned rows. */
export async function countStored(schema: TestSchema): Promise<number> {
  const [{ responses = 0, ...wrong } = {}] = await schema.query<Record<string, number>>(countAll);
  for (const [what, count] of Object.entries(wrong)) if (count !== 0) throw new Error(`${count} ${what}`);
  return responses;
}
