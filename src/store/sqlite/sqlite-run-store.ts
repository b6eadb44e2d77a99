import type { Database } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { StoredResponse } from '../response-store.ts';
import type {
  LogPage,
  LogRequest,
  NewRun,
  OrphanedRun,
  OwnedRun,
  RunId,
  RunInput,
  RunStore,
  RunWriter,
  StoredStep,
  TakenInput,
} from '../run-store.ts';
import type { RunWatchers } from '../shared/run-watchers.ts';
import { areStepsUnwritten, toUnwritten } from '../shared/to-unwritten.ts';
import type { ReapRequest } from '../store.ts';
import type { NewWebhook } from '../webhook-store.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';
import type { RunLogs } from './logs/run-logs.ts';
import { separator } from './logs/separators.ts';
import type { SqliteResponseStore } from './sqlite-response-store.ts';
import type { SqliteWebhookStore } from './sqlite-webhook-store.ts';
import { prepareRunStatements, type RunStatements } from './statements/run-statements.ts';

export interface SqliteRunStoreParts {
  connection: Connection;
  commits: GroupCommit;
  logs: RunLogs;
  watchers: RunWatchers;
  responses: SqliteResponseStore;
  webhooks: SqliteWebhookStore;
}

/**
 * Runs, their logs and their journals in one SQLite database. `append` resolves after the commit, which it shares with
 * other writes within `limits.sqliteAppendWindowMs`; steps do not wait for it, since a tool waits for them.
 */
export class SqliteRunStore implements RunStore {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #logs: RunLogs;
  readonly #watchers: RunWatchers;
  readonly #responses: SqliteResponseStore;
  readonly #webhooks: SqliteWebhookStore;
  readonly #statements: RunStatements;

  constructor(database: Database, { connection, commits, logs, watchers, responses, webhooks }: SqliteRunStoreParts) {
    this.#connection = connection;
    this.#commits = commits;
    this.#logs = logs;
    this.#watchers = watchers;
    this.#responses = responses;
    this.#webhooks = webhooks;
    this.#statements = prepareRunStatements(database);
  }

  begin({ request, events, reserved, ...run }: NewRun, response?: StoredResponse): Promise<boolean> {
    return this.#commits.add(() => {
      if (reserved && this.#statements.beginReserved.run(run).changes === 0) return false;
      const log = this.#logs.begin(run);
      if (request !== undefined) this.#statements.insertRequest.run({ key: log.key, body: request });
      this.#logs.appendRow(log, events);
      if (response) this.#responses.write(response);
      return true;
    });
  }

  async append(run: RunWriter, events: readonly string[], steps: readonly string[] = []): Promise<boolean> {
    const write = () => this.#append(run, events, steps);
    const appended = await this.#commits.add(write, steps.length > 0 ? 0 : limits.sqliteAppendWindowMs);
    if (appended) this.#watchers.notify(run.id);
    return appended;
  }

  async steps(tenant: string, id: RunId): Promise<StoredStep[]> {
    const rows = this.#connection.read(() => this.#statements.steps.all({ tenant, id }));
    return rows.flatMap(({ body, events }) => body.split(separator).map((step) => ({ body: step, events })));
  }

  async end(
    run: RunWriter,
    events: readonly string[],
    response?: StoredResponse,
    webhooks: readonly NewWebhook[] = [],
  ): Promise<boolean> {
    const endedAt = Math.floor(Date.now() / 1000);
    const ended = await this.#commits.add(() => {
      const log = this.#logs.find(run);
      if (log === undefined) return false;
      if (!this.#logs.appendRow(log, toUnwritten(run, events, log.count))) return false;
      this.#logs.close(log);
      this.#statements.end.run({ key: log.key, endedAt });
      this.#statements.deleteRequest.run({ key: log.key });
      if (response) this.#responses.write(response);
      this.#webhooks.write(webhooks);
      return true;
    });
    if (ended) this.#watchers.notify(run.id);
    if (ended && webhooks.length > 0) this.#webhooks.notify();
    return ended;
  }

  async read(tenant: string, id: RunId, request: LogRequest): Promise<LogPage | undefined> {
    return this.#connection.read(() => {
      const row = this.#statements.find.get({ tenant, id });
      if (row === undefined) return undefined;
      if (row.expired === 1) return { events: [], state: 'expired' };
      return { ...this.#logs.read({ tenant, id }, row, request), state: row.endedAt === null ? 'running' : 'ended' };
    });
  }

  async cancel(tenant: string, id: RunId): Promise<boolean> {
    const cancelled = this.#connection.write(() => this.#statements.cancel.run({ tenant, id }).changes > 0);
    if (cancelled) this.#watchers.notify(id);
    return cancelled;
  }

  async cancelled(owner: string): Promise<OwnedRun[]> {
    return this.#connection.read(() => this.#statements.cancelled.all({ owner }));
  }

  async addInput(tenant: string, id: RunId, input: RunInput): Promise<boolean> {
    const row = { tenant, runId: id, ...input };
    const added = this.#connection.write(() => this.#statements.addInput.run(row).changes > 0);
    if (added) this.#watchers.notify(id);
    return added;
  }

  /** Writes only if there is something to take: each change of a run leads here. */
  async takeInputs(owner: string): Promise<TakenInput[]> {
    if (this.#connection.read(() => this.#statements.inputs.all({ owner })).length === 0) return [];
    return this.#connection.write(() => {
      const taken = this.#statements.inputs.all({ owner });
      for (const { key } of taken) this.#statements.deleteInput.run({ key });
      return taken.map(({ key: _key, ...input }) => input);
    });
  }

  async takeOrphans(owner: string, limit: number, driven: readonly RunId[]): Promise<OrphanedRun[]> {
    const taken = this.#logs.commit(() => {
      const rows = this.#statements.takeOrphans.all({ owner, limit, driven: JSON.stringify(driven), now: Date.now() });
      const oldestFirst = rows.sort((one, other) => one.key - other.key);
      return oldestFirst.map((row) => {
        const { key, tenant, id, attempts } = row;
        this.#logs.take({ tenant, id, owner }, row);
        return { tenant, id, attempts, request: this.#statements.request.get({ key }) };
      });
    });
    for (const { id } of taken) this.#watchers.notify(id);
    return taken;
  }

  async setAttempts(run: OwnedRun, attempts: number): Promise<boolean> {
    return this.#connection.write(() => this.#statements.setAttempts.run({ ...run, attempts }).changes > 0);
  }

  watch(id: RunId, onChange: () => void): Disposable {
    return this.#watchers.watch(id, onChange);
  }

  /** Removes old logs and returns their number. */
  reap({ logsBefore, limit }: ReapRequest): number {
    this.#logs.reap();
    return this.#connection.write(() => {
      const keys = this.#statements.expire.all({ logsBefore, limit });
      for (const key of keys) this.#statements.deleteWithoutResponse.run({ key });
      return keys.length;
    });
  }

  /** Appends events and steps. Returns `false` when the owner differs. Requires a transaction of the logs. */
  #append(run: RunWriter, events: readonly string[], steps: readonly string[]): boolean {
    const log = this.#logs.find(run);
    if (log === undefined) return false;
    const unwritten = toUnwritten(run, events, log.count);
    if (steps.length === 0) return this.#logs.append(log, unwritten);
    if (!this.#logs.appendRow(log, unwritten)) return false;
    if (areStepsUnwritten(events, unwritten)) this.#insertSteps(log.key, steps);
    return true;
  }

  #insertSteps(key: number, steps: readonly string[]): void {
    this.#statements.insertSteps.run({ key, body: steps.join(separator) });
    this.#statements.resetAttempts.run({ key });
  }
}
