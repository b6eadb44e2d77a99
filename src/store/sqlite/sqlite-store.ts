import type { Database } from 'better-sqlite3';
import type { Store } from '../store.ts';
import type { StoreLocation } from '../store-location.ts';
import { Connection } from './connection.ts';
import { openDatabase } from './open-database.ts';
import { prepareSecrets } from './prepare-secrets.ts';
import { SqliteChatCompletionStore } from './sqlite-chat-completion-store.ts';
import { SqliteConversationStore } from './sqlite-conversation-store.ts';
import { SqliteResponseStore } from './sqlite-response-store.ts';

export type SqliteStoreOptions = Omit<Extract<StoreLocation, { kind: 'sqlite' }>, 'kind'>;

/** Opens a file, which is created when it is not there. Throws an `Error` that names the file and what is wrong. */
export function openSqliteStore({ file, maxResponses, synchronous = 'NORMAL' }: SqliteStoreOptions): Store {
  return createSqliteStore(openDatabase(file, synchronous), maxResponses);
}

/** A store on an open database of the newest version, which it owns from now on. */
export function createSqliteStore(database: Database, maxResponses?: number): Store {
  const connection = new Connection(database);
  const conversations = new SqliteConversationStore(database, connection, maxResponses);
  const responses = new SqliteResponseStore(database, { connection, conversations, maxResponses });
  const chatCompletions = new SqliteChatCompletionStore(database, connection, maxResponses);
  const secret = prepareSecrets(database, connection);
  return {
    responses,
    conversations,
    chatCompletions,
    get runs(): never {
      throw new Error('SQLite keeps no runs yet.');
    },
    get leases(): never {
      throw new Error('SQLite keeps no leases yet.');
    },
    get idempotency(): never {
      throw new Error('SQLite keeps no idempotency keys yet.');
    },
    reap: async () => 0,
    secret: async (name) => secret(name),
    check: () => responses.check(),
    async [Symbol.asyncDispose]() {
      responses.flush();
      database.close();
    },
  };
}
