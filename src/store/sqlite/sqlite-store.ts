import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { StoreLocation } from '../../config/store-location.ts';
import type { Store } from '../store.ts';
import { Connection } from './connection/connection.ts';
import { GroupCommit } from './connection/group-commit.ts';
import { openDatabase } from './connection/open-database.ts';
import { FileWatchers } from './file-watchers.ts';
import { RunLogs } from './logs/run-logs.ts';
import { prepareMeasurement } from './measure-storage.ts';
import { prepareSecrets } from './prepare-secrets.ts';
import { SqliteApprovalStore } from './sqlite-approval-store.ts';
import { SqliteChatCompletionStore } from './sqlite-chat-completion-store.ts';
import { SqliteConversationStore } from './sqlite-conversation-store.ts';
import { SqliteIdempotencyStore } from './sqlite-idempotency-store.ts';
import { SqliteLeaseStore } from './sqlite-lease-store.ts';
import { SqliteLoadStore } from './sqlite-load-store.ts';
import { SqliteResponseStore } from './sqlite-response-store.ts';
import { SqliteRunRecordStore } from './sqlite-run-record-store.ts';
import { SqliteRunStore } from './sqlite-run-store.ts';
import { SqliteUsageStore } from './sqlite-usage-store.ts';
import { SqliteWebhookStore } from './sqlite-webhook-store.ts';

export type SqliteStoreOptions = Omit<Extract<StoreLocation, { kind: 'sqlite' }>, 'kind'>;

/** Opens a file and creates it when it does not exist. Throws an `Error` that names the file and the reason. */
export function openSqliteStore({ file, maxResponses, synchronous = 'NORMAL' }: SqliteStoreOptions): Store {
  return createSqliteStore(openDatabase(file, synchronous), maxResponses);
}

/** Creates a store on an open database of the newest version, and takes over its ownership. */
export function createSqliteStore(database: Database, maxResponses?: number): Store {
  const connection = new Connection(database);
  const logs = new RunLogs(database, connection);
  const commits = new GroupCommit((write) => logs.commit(write));
  const watchers = new FileWatchers(database, logs);
  const { reaped, leases, ...parts } = createParts(database, { connection, commits, logs, watchers, maxResponses });
  const secret = prepareSecrets(database, connection);
  return {
    ...parts,
    leases,
    secret: async (name) => secret(name),
    storedBytes: prepareMeasurement(database, connection),
    async reap(request) {
      leases.reap();
      let removed = 0;
      // One transaction and one turn per kind, so that other writers and requests are not blocked for long.
      for (const part of reaped) {
        removed += part.reap(request);
        await nextTurn();
      }
      return removed;
    },
    check: () => parts.responses.check(),
    backlog: () => ({ waiting: commits.pending }),
    async [Symbol.asyncDispose]() {
      commits.flush();
      watchers.clear();
      database.close();
    },
  };
}

interface SharedParts {
  connection: Connection;
  commits: GroupCommit;
  logs: RunLogs;
  watchers: FileWatchers;
  maxResponses: number | undefined;
}

function createParts(database: Database, { connection, commits, logs, watchers, maxResponses }: SharedParts) {
  const conversations = new SqliteConversationStore(database, connection, maxResponses);
  const responses = new SqliteResponseStore(database, {
    connection,
    commits,
    logs,
    watchers,
    conversations,
    maxResponses,
  });
  const chatCompletions = new SqliteChatCompletionStore(database, connection, maxResponses);
  const webhooks = new SqliteWebhookStore(database, connection);
  const runs = new SqliteRunStore(database, { connection, commits, logs, watchers, responses, webhooks });
  const leases = new SqliteLeaseStore(database, connection);
  const idempotency = new SqliteIdempotencyStore(database, connection);
  const approvals = new SqliteApprovalStore(database, connection, webhooks);
  const usage = new SqliteUsageStore(database, connection, commits);
  const runRecords = new SqliteRunRecordStore(database, connection, commits);
  const load = new SqliteLoadStore(database, connection, commits);
  const stores = { conversations, responses, chatCompletions, runs, leases, idempotency, approvals, usage, webhooks };
  const reaped = [
    responses,
    conversations,
    chatCompletions,
    idempotency,
    runs,
    approvals,
    usage,
    webhooks,
    runRecords,
    load,
  ];
  return { ...stores, runRecords, load, reaped };
}
