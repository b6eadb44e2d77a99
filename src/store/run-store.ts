import type { ChatCompletionId, ResponseId } from '../ids.ts';
import type { StoredResponse } from './response-store.ts';

/** A run has the id of what it makes. */
export type RunId = ResponseId | ChatCompletionId;

/** A run, and the server that drives it (see LeaseStore). */
export interface OwnedRun {
  tenant: string;
  id: RunId;
  owner: string;
}

/** Who writes a log, and where. */
export interface RunWriter extends OwnedRun {
  /**
   * The number of the first event written: what the log holds of them already is not written twice, so that a write can be
   * repeated when it is unknown whether it was done. Absent: the number after the last one.
   */
  next?: number | undefined;
}

export interface NewRun extends OwnedRun {
  /** JSON from which it can be run again; absent: it can't be. */
  request: string | undefined;
  /** The first events of its log. */
  events: readonly string[];
  /** Was an idempotency key reserved for it (see IdempotencyStore)? Then it begins only while that key names it. */
  reserved?: boolean | undefined;
}

/** A run that its server can't go on with. */
export interface LostRun {
  tenant: string;
  id: RunId;
  request: string | undefined;
  /** How often a server has begun to execute it. */
  attempts: number;
}

export interface LogRequest {
  /** The number of the event before the first one wanted; −1: from the first. */
  after: number;
  /** At least 1. A page also ends with the write that brings it to `limits.logPageBytes`. */
  limit: number;
}

/** A part of the log of a run. */
export interface LogPage {
  /** JSON texts, exactly as they were appended; the first has the number `after + 1`. */
  events: string[];
  /**
   * `running`: more may come. `ended`: nothing comes after the last event of the log. `expired`: the run has ended, and
   * its log has been removed (`events` is empty).
   */
  state: 'running' | 'ended' | 'expired';
  /** The page holds fewer events than the limit because of their bytes; more follow. Otherwise the property is omitted. */
  isCut?: true;
}

/**
 * Keeps runs and their logs. A log is append-only: its events are JSON texts numbered from 0 without gaps, whatever
 * happens to the server that writes them. Who writes must own the run: once another server has taken it, or it was
 * ended, or its response was deleted, `append` and `end` give `false` and write nothing. Safe for concurrent calls, also
 * from several handles on one database. Another tenant's runs are the same as unknown ones.
 *
 * The response of a running run is neither evicted nor reaped. When a response is deleted, evicted or reaped, its run and
 * log go with it, also where its content is kept for its descendants; with a run goes the idempotency key that names it.
 */
export interface RunStore {
  /**
   * Begins a run, and puts its response as it stands, in one transaction. Its id is a new one. `false`, and nothing is
   * written: the key that was reserved for it names it no longer.
   */
  begin(run: NewRun, response?: StoredResponse): Promise<boolean>;

  /** Appends events; resolves once they are certain to be read, also after the process was killed. */
  append(run: RunWriter, events: readonly string[]): Promise<boolean>;

  /** Appends the last events, ends the run, and puts its response as it ended, in one transaction. */
  end(run: RunWriter, events: readonly string[], response?: StoredResponse): Promise<boolean>;

  /** A part of the log; `undefined`: there is no such run. */
  read(tenant: string, id: RunId, request: LogRequest): Promise<LogPage | undefined>;

  /** Asks the owner of a run to stop it, also when it has not begun to work. `false`: there is no such running run. */
  cancel(tenant: string, id: RunId): Promise<boolean>;

  /** The running runs of a server that somebody asked to stop. */
  cancelled(owner: string): Promise<OwnedRun[]>;

  /**
   * Makes `owner` the owner of at most `limit` orphaned runs, oldest first, and returns them: running runs whose servers'
   * leases have expired, and those of `owner` itself that are not in `driven`. It got the latter without knowing it, from a
   * call whose answer was lost, or that was done after its connection broke.
   */
  takeLost(owner: string, limit: number, driven: readonly RunId[]): Promise<LostRun[]>;

  /** Records how often a server has begun to execute a running run. It begins with 1. `false`: it is not this owner's. */
  setAttempts(run: OwnedRun, attempts: number): Promise<boolean>;

  /**
   * Calls back soon after a run was appended to, ended or asked to stop, through whichever handle. A call may come for
   * nothing, and one may be lost: whoever waits also looks by itself now and then. Never calls back once disposed.
   */
  watch(id: RunId, onChange: () => void): Disposable;
}
