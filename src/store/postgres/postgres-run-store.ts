import { randomUUID } from 'node:crypto';
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
import { toCut } from '../shared/to-cut.ts';
import { areStepsUnwritten, toUnwritten } from '../shared/to-unwritten.ts';
import type { NewWebhook } from '../webhook-store.ts';
import type { Connection, Parameter } from './connection/connection.ts';
import type { Notifications } from './notifications.ts';
import { type PostgresResponseStore, toPutParameters } from './postgres-response-store.ts';
import type { PostgresWebhookStore } from './postgres-webhook-store.ts';
import { RunQueue } from './run-queue.ts';
import { SharedAppends } from './shared-appends.ts';
import type { Statement } from './statements/name-statements.ts';
import {
  type LogRow,
  runStatements,
  type StateRow,
  type StepsRow,
  type TakenRow,
  type WriteRow,
} from './statements/run-statements.ts';
import { fromSequence, toSequence } from './statements/sequence.ts';

const statements = runStatements;

export interface PostgresRunStoreParts {
  connection: Connection;
  notifications: Notifications;
  responses: PostgresResponseStore;
  webhooks: PostgresWebhookStore;
}

interface Write {
  /** Omitted: the write shares the statement of concurrent appends. */
  statement?: Statement;
  events: readonly string[];
  /** Is put in the same transaction. */
  response?: StoredResponse | undefined;
  /** Are added in the same transaction. */
  webhooks?: readonly NewWebhook[];
  /** Steps of the journal, and the id of the call that appends them. */
  journal?: { steps: readonly string[]; call: string };
}

/** Runs, their logs and their journals in one PostgreSQL database. */
export class PostgresRunStore implements RunStore {
  readonly #connection: Connection;
  readonly #notifications: Notifications;
  readonly #responses: PostgresResponseStore;
  readonly #webhooks: PostgresWebhookStore;
  /** Serializes the writes of each run, because statements use different connections. */
  readonly #queue = new RunQueue();
  readonly #appends: SharedAppends;

  constructor({ connection, notifications, responses, webhooks }: PostgresRunStoreParts) {
    this.#connection = connection;
    this.#notifications = notifications;
    this.#responses = responses;
    this.#webhooks = webhooks;
    this.#appends = new SharedAppends(connection);
  }

  /** Appends that wait for their statement. */
  get waiting(): number {
    return this.#appends.waiting;
  }

  async begin(run: NewRun, response?: StoredResponse): Promise<boolean> {
    const { tenant, id, owner, request, events, reserved = false } = run;
    const parameters = [tenant, id, owner, request, events.length, toSequence(events), reserved];
    const { begin, beginWithResponse } = statements;
    const row = await this.#queue.add(id, () =>
      response
        ? this.#connection.row<WriteRow>(beginWithResponse, [...parameters, ...toPutParameters(response)])
        : this.#connection.row<WriteRow>(begin, parameters),
    );
    if (!row?.done) return false;
    if (response) await this.#responses.evict(response);
    return true;
  }

  async append(run: RunWriter, events: readonly string[], steps: readonly string[] = []): Promise<boolean> {
    const write =
      steps.length > 0
        ? { statement: statements.appendSteps, events, journal: { steps, call: randomUUID() } }
        : { events };
    const appended = await this.#write(run, write);
    if (appended) this.#notifications.notify(run.id);
    return appended;
  }

  async steps(tenant: string, id: RunId): Promise<StoredStep[]> {
    const rows = await this.#connection.rows<StepsRow>(statements.steps, [tenant, id]);
    return rows.flatMap(({ bodies, events }) => fromSequence(bodies).map((body) => ({ body, events })));
  }

  async end(
    run: RunWriter,
    events: readonly string[],
    response?: StoredResponse,
    webhooks: readonly NewWebhook[] = [],
  ): Promise<boolean> {
    const statement = toEndStatement(response !== undefined, webhooks.length > 0);
    const ended = await this.#write(run, { statement, events, response, webhooks });
    if (ended && response) await this.#responses.evict(response);
    if (ended) this.#notifications.notify(run.id);
    if (ended && webhooks.length > 0) this.#webhooks.notify();
    return ended;
  }

  async read(tenant: string, id: RunId, { after, limit }: LogRequest): Promise<LogPage | undefined> {
    const parameters = [tenant, id, after + 1, limit, limits.logPageBytes];
    const rows = await this.#connection.rows<LogRow>(statements.read, parameters);
    const [first] = rows;
    if (first === undefined) return undefined;
    if (!first.hasLog) return { events: [], state: 'expired' };
    const skipped = after + 1 - (first.first ?? 0);
    const events = rows.flatMap(({ bodies }) => fromSequence(bodies ?? '')).slice(skipped, skipped + limit);
    const isCut = events.length < limit && after + 1 + events.length < first.count;
    return { events, state: first.ended ? 'ended' : 'running', ...toCut(isCut) };
  }

  async cancel(tenant: string, id: RunId): Promise<boolean> {
    const cancelled = (await this.#connection.row(statements.cancel, [tenant, id])) !== undefined;
    if (cancelled) this.#notifications.notify(id);
    return cancelled;
  }

  async cancelled(owner: string): Promise<OwnedRun[]> {
    return this.#connection.rows<OwnedRun>(statements.cancelled, [owner]);
  }

  async addInput(tenant: string, id: RunId, { id: inputId, input }: RunInput): Promise<boolean> {
    const parameters = [tenant, id, inputId, input];
    const added = (await this.#connection.row(statements.addInput, parameters)) !== undefined;
    if (added) this.#notifications.notify(id);
    return added;
  }

  async takeInputs(owner: string): Promise<TakenInput[]> {
    return this.#connection.rows<TakenInput>(statements.takeInputs, [owner]);
  }

  async takeOrphans(owner: string, limit: number, driven: readonly RunId[]): Promise<OrphanedRun[]> {
    const rows = await this.#connection.rows<TakenRow>(statements.takeOrphans, [owner, limit, driven.join()]);
    return rows.map(({ request, ...run }) => ({ ...run, request: request ?? undefined }));
  }

  async setAttempts({ tenant, id, owner }: OwnedRun, attempts: number): Promise<boolean> {
    return (await this.#connection.row(statements.setAttempts, [tenant, id, owner, attempts])) !== undefined;
  }

  watch(id: RunId, onChange: () => void): Disposable {
    return this.#notifications.watch(id, onChange);
  }

  /** Writes events in the order of the calls. */
  #write(run: RunWriter, write: Write): Promise<boolean> {
    return this.#queue.add(run.id, () => {
      const { next } = run;
      return next === undefined ? this.#send(run, write) : this.#writeWithRetries({ ...run, next }, write);
    });
  }

  async #send(run: RunWriter, write: Write): Promise<boolean> {
    if (write.statement === undefined) return this.#appends.add(run, write.events);
    const outageMs = run.next === undefined ? 0 : limits.postgresOutageMs;
    const [row] = await this.#connection.rows<WriteRow>(write.statement, toParameters(run, write), outageMs);
    return row?.done === true;
  }

  /** Retries after an outage. The length of the log shows whether the previous attempt took effect. */
  async #writeWithRetries(run: RunWriter & { next: number }, write: Write): Promise<boolean> {
    const { tenant, id, owner, next } = run;
    const { statement, events } = write;
    if (await this.#send(run, write)) return true;
    const state = await this.#connection.rowAfterOutage<StateRow>(statements.state, [tenant, id, owner]);
    if (state === undefined || (state.events === next && !state.isEnded)) return false;
    if (state.isEnded)
      return statement !== undefined && endStatements.has(statement) && state.events === next + events.length;
    const unwritten = toUnwritten(run, events, state.events);
    if (write.journal && !areStepsUnwritten(events, unwritten)) return true;
    return this.#writeWithRetries({ ...run, next: state.events }, { ...write, events: unwritten });
  }
}

function toEndStatement(hasResponse: boolean, hasWebhooks: boolean): Statement {
  if (hasWebhooks) return hasResponse ? statements.endWithBoth : statements.endWithWebhooks;
  return hasResponse ? statements.endWithResponse : statements.end;
}

const endStatements: ReadonlySet<Statement> = new Set([
  statements.end,
  statements.endWithResponse,
  statements.endWithWebhooks,
  statements.endWithBoth,
]);

function toParameters({ tenant, id, owner, next }: RunWriter, write: Write): Parameter[] {
  const { events, response, webhooks = [], journal } = write;
  const added = webhooks.length > 0 ? [JSON.stringify(webhooks)] : [];
  const put = response ? toPutParameters(response) : [];
  const steps = journal ? [toSequence(journal.steps), journal.call] : [];
  return [tenant, id, owner, events.length, toSequence(events), next, ...added, ...put, ...steps];
}
