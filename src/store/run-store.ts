import type { ChatCompletionId, ResponseId, SteerId } from '../ids.ts';
import type { StoredResponse } from './response-store.ts';
import type { NewWebhook } from './webhook-store.ts';

/** A run has the id of the response or the chat completion that it produces. */
export type RunId = ResponseId | ChatCompletionId;

/** A run and the server that executes it (see `LeaseStore`). */
export interface OwnedRun {
  tenant: string;
  id: RunId;
  owner: string;
}

/** A position in the log of an owned run. */
export interface RunWriter extends OwnedRun {
  /**
   * The number of the first event of the write. Events that the log already has are skipped, so a write with an unknown
   * outcome can be retried. Omitted: the number after the last event.
   */
  next?: number | undefined;
}

export interface NewRun extends OwnedRun {
  /** JSON from which the run can be restarted. `undefined`: it cannot be restarted. */
  request: string | undefined;
  /** The first events of the log. */
  events: readonly string[];
  /** Whether an idempotency key was reserved for the run. It then begins only if that key still names it. */
  reserved?: boolean | undefined;
}

/** A running run without a live owner. */
export interface OrphanedRun {
  tenant: string;
  id: RunId;
  request: string | undefined;
  /** How often a server has begun to execute it. */
  attempts: number;
}

/** A step of a run's journal. */
export interface StoredStep {
  /** Opaque JSON. */
  body: string;
  /** The number of events in the log once the step was committed. */
  events: number;
}

export interface LogRequest {
  /** The number of the last event already read; −1 reads from the first event. */
  after: number;
  /** The most events of the page, at least 1. The write that reaches `limits.logPageBytes` ends the page early. */
  limit: number;
}

/** Input of an operator for a running run. */
export interface RunInput {
  id: SteerId;
  /** The text of a user message. */
  input: string;
}

export interface TakenInput extends RunInput {
  runId: RunId;
}

/** A page of the log of a run. */
export interface LogPage {
  /** JSON texts exactly as they were appended. The first has the number `after + 1`. */
  events: string[];
  /**
   * `running`: more events may follow. `ended`: none follow the last event of the log. `expired`: the run has ended and
   * its log was removed; `events` is empty.
   */
  state: 'running' | 'ended' | 'expired';
  /** Set when `limits.logPageBytes` ended the page early: more events follow. */
  isCut?: true;
}

/**
 * Stores runs and their event logs. A log is append-only: events are JSON texts numbered from 0 without gaps. Only the
 * owner of a run may write: `append` and `end` return `false` and write nothing once another server has taken the run,
 * it has ended, or its response was deleted. Calls may be concurrent, also through several handles on one database. A
 * run of another tenant is treated as unknown.
 *
 * The response of a running run is neither evicted nor reaped. Hiding a response removes its run and log, even when
 * descendants keep its content. Removing a run frees the idempotency key that names it.
 */
export interface RunStore {
  /**
   * Begins a run with a new id and puts its initial response, in one transaction. `false`: the reserved idempotency key
   * no longer names the run, and nothing was written.
   */
  begin(run: NewRun, response?: StoredResponse): Promise<boolean>;

  /**
   * Appends events, and steps to the journal, in one transaction. Resolves when they are durable: readers find them even
   * after this process is killed. Steps reset the count of executions to 1: the run makes progress.
   */
  append(run: RunWriter, events: readonly string[], steps?: readonly string[]): Promise<boolean>;

  /** Returns the journal of a run, oldest step first. Empty when the run is unknown. It is removed with the log. */
  steps(tenant: string, id: RunId): Promise<StoredStep[]>;

  /**
   * Appends the terminal events, ends the run, puts its final response and adds the webhooks that announce it, in one
   * transaction.
   */
  end(
    run: RunWriter,
    events: readonly string[],
    response?: StoredResponse,
    webhooks?: readonly NewWebhook[],
  ): Promise<boolean>;

  /** Returns a page of the log. `undefined`: unknown. */
  read(tenant: string, id: RunId, request: LogRequest): Promise<LogPage | undefined>;

  /** Requests the cancellation of a running run from its owner. `false`: unknown, or not running. */
  cancel(tenant: string, id: RunId): Promise<boolean>;

  /** Returns the running runs of a server whose cancellation was requested. */
  cancelled(owner: string): Promise<OwnedRun[]>;

  /** Adds input to a running run, for its owner, and notifies its watchers. `false`: unknown, or not running. */
  addInput(tenant: string, id: RunId, input: RunInput): Promise<boolean>;

  /** Removes and returns the inputs for the running runs of a server, oldest first. Removing a run removes its inputs. */
  takeInputs(owner: string): Promise<TakenInput[]>;

  /**
   * Makes `owner` the owner of at most `limit` orphaned runs, oldest first, and returns them. A running run is orphaned
   * when the lease of its server has expired, or when it belongs to `owner`, which happens when an earlier call took
   * effect but its answer was lost. Runs in `driven` are omitted: an execution that has lost a run to another server
   * must end before the same server takes it again, because writes are fenced by the owner.
   */
  takeOrphans(owner: string, limit: number, driven: readonly RunId[]): Promise<OrphanedRun[]>;

  /** Sets how often a server has begun to execute a running run. It starts at 1. `false`: the owner differs. */
  setAttempts(run: OwnedRun, attempts: number): Promise<boolean>;

  /**
   * Calls `onChange` soon after events were appended to a run, it ended, or its cancellation was requested, through any
   * handle. Calls may be spurious or lost, so watchers also poll. After disposal there are no calls.
   */
  watch(id: RunId, onChange: () => void): Disposable;
}
