import type { StoredResponse } from '../response-store.ts';
import type { LogPage, LogRequest, LostRun, NewRun, OwnedRun, RunId, RunStore } from '../run-store.ts';
import type { Connection, Parameter } from './connection.ts';
import { fromSequence, toSequence } from './sequence.ts';
import type { Notifications } from './notifications.ts';
import { type PostgresResponseStore, toPutParameters } from './postgres-response-store.ts';
import { RunQueue } from './run-queue.ts';
import { type LogRow, runStatements } from './run-statements.ts';
import type { Statement } from './statement.ts';

const statements = runStatements;

export interface PostgresRunStoreParts {
  connection: Connection;
  notifications: Notifications;
  responses: PostgresResponseStore;
}

interface Write {
  id: RunId;
  statement: Statement;
  parameters: Parameter[];
  /** To be put in the same transaction. */
  response: StoredResponse | undefined;
}

/** Runs and their logs in one PostgreSQL database. */
export class PostgresRunStore implements RunStore {
  readonly #connection: Connection;
  readonly #notifications: Notifications;
  readonly #responses: PostgresResponseStore;
  /** What writes to one run: each statement has a connection to itself, and the order of the log is that of the calls. */
  readonly #queue = new RunQueue();

  constructor({ connection, notifications, responses }: PostgresRunStoreParts) {
    this.#connection = connection;
    this.#notifications = notifications;
    this.#responses = responses;
  }

  async begin({ tenant, id, owner, request, events }: NewRun, response?: StoredResponse): Promise<void> {
    const parameters = [tenant, id, owner, request, events.length, toSequence(events)];
    const statement = response ? statements.beginWithResponse : statements.begin;
    await this.#write({ id, statement, parameters, response });
  }

  async append({ tenant, id, owner }: OwnedRun, events: readonly string[]): Promise<boolean> {
    const parameters = [tenant, id, owner, events.length, toSequence(events)];
    const row = await this.#queue.add(id, () => this.#connection.row(statements.append, parameters));
    const appended = row !== undefined;
    if (appended) this.#notifications.notify(id);
    return appended;
  }

  async end({ tenant, id, owner }: OwnedRun, events: readonly string[], response?: StoredResponse): Promise<boolean> {
    const parameters = [tenant, id, owner, events.length, toSequence(events)];
    const statement = response ? statements.endWithResponse : statements.end;
    const ended = await this.#write({ id, statement, parameters, response });
    if (ended) this.#notifications.notify(id);
    return ended;
  }

  async read(tenant: string, id: RunId, { after, limit }: LogRequest): Promise<LogPage | undefined> {
    const rows = await this.#connection.rows<LogRow>(statements.read, [tenant, id, after + 1, limit]);
    const [first] = rows;
    if (first === undefined) return undefined;
    if (!first.hasLog) return { events: [], state: 'expired' };
    const skipped = after + 1 - (first.first ?? 0);
    const events = rows.flatMap(({ bodies }) => fromSequence(bodies ?? '')).slice(skipped, skipped + limit);
    return { events, state: first.ended ? 'ended' : 'running' };
  }

  async cancel(tenant: string, id: RunId): Promise<boolean> {
    const cancelled = (await this.#connection.row(statements.cancel, [tenant, id])) !== undefined;
    if (cancelled) this.#notifications.notify(id);
    return cancelled;
  }

  async cancelled(owner: string): Promise<OwnedRun[]> {
    return this.#connection.rows<OwnedRun>(statements.cancelled, [owner]);
  }

  async takeLost(owner: string, limit: number): Promise<LostRun[]> {
    const rows = await this.#connection.rows<Pick<LostRun, 'tenant' | 'id'> & { request: string | null }>(
      statements.takeLost,
      [owner, limit],
    );
    return rows.map(({ tenant, id, request }) => ({ tenant, id, request: request ?? undefined }));
  }

  watch(id: RunId, onChange: () => void): Disposable {
    return this.#notifications.watch(id, onChange);
  }

  async #write(write: Write): Promise<boolean> {
    const { id, statement, parameters, response } = write;
    const all = [...parameters, ...(response ? toPutParameters(response) : [])];
    const row = await this.#queue.add(id, () => this.#connection.row<{ done: boolean }>(statement, all));
    const done = row?.done === true;
    if (done && response) await this.#responses.evict(response);
    return done;
  }
}
