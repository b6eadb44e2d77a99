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
import { toCut } from '../shared/to-cut.ts';
import { areStepsUnwritten, toUnwritten } from '../shared/to-unwritten.ts';
import type { ReapRequest } from '../store.ts';
import type { NewWebhook } from '../webhook-store.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';
import type { SqliteResponseStore } from './sqlite-response-store.ts';
import type { SqliteWebhookStore } from './sqlite-webhook-store.ts';
import {
  isMarked,
  type OwnedRow,
  prepareRunStatements,
  type RunRow,
  type RunStatements,
} from './statements/run-statements.ts';

export interface SqliteRunStoreParts {
  connection: Connection;
  commits: GroupCommit;
  watchers: RunWatchers;
  responses: SqliteResponseStore;
  webhooks: SqliteWebhookStore;
}

/** Separates the events, and the steps, of one append, as in RFC 7464. JSON never contains this character. */
const separator = '\u001e';

/**
 * Runs, their logs and their journals in one SQLite database. `append` resolves after the commit, which it shares with
 * other writes within `limits.sqliteAppendWindowMs`; steps do not wait for it, since a tool waits for them.
 */
export class SqliteRunStore implements RunStore {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #watchers: RunWatchers;
  readonly #responses: SqliteResponseStore;
  readonly #webhooks: SqliteWebhookStore;
  readonly #statements: RunStatements;

  constructor(database: Database, { connection, commits, watchers, responses, webhooks }: SqliteRunStoreParts) {
    this.#connection = connection;
    this.#commits = commits;
    this.#watchers = watchers;
    this.#responses = responses;
    this.#webhooks = webhooks;
    this.#statements = prepareRunStatements(database);
  }

  begin({ request, events, reserved, ...run }: NewRun, response?: StoredResponse): Promise<boolean> {
    return this.#commits.add(() => {
      if (reserved && this.#statements.beginReserved.run(run).changes === 0) return false;
      const key = this.#statements.insert.get(run);
      if (key === undefined) throw new Error('An insert returned no key.');
      if (request !== undefined) this.#statements.insertRequest.run({ key, body: request });
      this.#append(run, events);
      if (response) this.#responses.write(response);
      return true;
    });
  }

  async append(run: RunWriter, events: readonly string[], steps: readonly string[] = []): Promise<boolean> {
    const write = () => this.#append(run, events, steps) !== undefined;
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
      const key = this.#append(run, events);
      if (key === undefined) return false;
      this.#statements.end.run({ key, endedAt });
      this.#statements.deleteRequest.run({ key });
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
      return { ...this.#readEvents(row, request), state: row.endedAt === null ? 'running' : 'ended' };
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
    const taken = this.#connection.write(() => {
      const rows = this.#statements.takeOrphans.all({ owner, limit, driven: JSON.stringify(driven), now: Date.now() });
      const oldestFirst = rows.sort((one, other) => one.key - other.key);
      return oldestFirst.map(({ key, ...run }) => ({ ...run, request: this.#statements.request.get({ key }) }));
    });
    for (const { id } of taken) this.#watchers.notify(id);
    return taken;
  }

  async setAttempts(run: OwnedRun, attempts: number): Promise<boolean> {
    return this.#connection.write(() => {
      const row = this.#statements.owned.get(run);
      if (row === undefined) return false;
      this.#statements.setAttempts.run({ key: row.key, attempts });
      return true;
    });
  }

  watch(id: RunId, onChange: () => void): Disposable {
    return this.#watchers.watch(id, onChange);
  }

  /** Removes old logs and returns their number. */
  reap({ logsBefore, limit }: ReapRequest): number {
    return this.#connection.write(() => {
      const keys = this.#statements.expire.all({ logsBefore, limit });
      for (const key of keys) this.#statements.deleteWithoutResponse.run({ key });
      return keys.length;
    });
  }

  /**
   * Appends events and steps, and returns the key of the run. `undefined`: not the owner. Requires a transaction of the caller.
   */
  #append(run: RunWriter, events: readonly string[], steps: readonly string[] = []): number | undefined {
    const row = this.#statements.owned.get(run);
    if (row === undefined) return undefined;
    const rest = toUnwritten(run, events, row.events);
    if (rest.length > 0) this.#insert(row, rest);
    if (steps.length > 0 && areStepsUnwritten(events, rest)) this.#insertSteps(row.key, steps);
    return row.key;
  }

  #insertSteps(key: number, steps: readonly string[]): void {
    this.#statements.insertSteps.run({ key, body: steps.join(separator) });
    this.#statements.setAttempts.run({ key, attempts: 1 });
  }

  #insert({ key, events: first, tail: previous }: OwnedRow, events: readonly string[]): void {
    const runKey = isMarked(first, events.length) ? key : null;
    const row = { previous, first, runKey, body: events.join(separator) };
    const { lastInsertRowid } = this.#statements.insertEvents.run(row);
    this.#statements.advance.run({ key, events: first + events.length, tail: Number(lastInsertRowid) });
  }

  #readEvents({ key, tail, events }: RunRow, { after, limit }: LogRequest): Pick<LogPage, 'events' | 'isCut'> {
    const number = Math.min(after + 1, events);
    const end = Math.min(number + limit, events);
    const rows = this.#statements.rowsFrom.all({ key, tail, number, end });
    const skipped = number - (rows.at(-1)?.first ?? 0);
    const read = this.#readRows(rows).slice(skipped, skipped + limit);
    return { events: read, ...toCut(number + read.length < end) };
  }

  /** Reads the events of rows, up to the row that reaches `limits.logPageBytes`. */
  #readRows(newestFirst: readonly { key: number; bytes: number }[]): string[] {
    const events: string[] = [];
    let sum = 0;
    for (let index = newestFirst.length - 1; index >= 0 && sum < limits.logPageBytes; index--) {
      const { key = 0, bytes = 0 } = newestFirst[index] ?? {};
      sum += bytes;
      for (const event of this.#statements.events.get({ key })?.split(separator) ?? []) events.push(event);
    }
    return events;
  }
}
