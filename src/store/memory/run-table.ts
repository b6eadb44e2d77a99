import type { NewRun, RunId, RunInput, StoredStep } from '../run-store.ts';
import { toKey } from '../shared/to-key.ts';
import { sumBytes } from './bounds/sum-bytes.ts';

/** A run in memory, with its log. */
export interface RunEntry {
  readonly tenant: string;
  readonly id: RunId;
  owner: string;
  attempts: number;
  /** JSON; removed when the run ends, since it is not restarted any more. */
  request: string | undefined;
  readonly events: string[];
  /** The journal. */
  readonly steps: StoredStep[];
  /** Bytes of the request, the events and the steps. */
  bytes: number;
  cancelled: boolean;
  /** Input of operators that its owner has not taken. */
  inputs: RunInput[];
  /** Unix seconds; `undefined`: running. */
  endedAt: number | undefined;
  /** Whether its log was removed. */
  expired: boolean;
}

/** Returns the bytes of a request and events. */
export const countRunBytes = ({ request = '', events }: Pick<NewRun, 'request' | 'events'>): number =>
  Buffer.byteLength(request) + countTextBytes(events);

/** Returns the bytes of JSON texts. */
export function countTextBytes(texts: readonly string[]): number {
  let bytes = 0;
  for (const text of texts) bytes += Buffer.byteLength(text);
  return bytes;
}

export interface RunTableOptions {
  /** Called for each removed run. */
  onRemove(tenant: string, id: RunId): void;
  /** Called for each hidden response, whether or not it has a run. */
  onHide(tenant: string, id: RunId): void;
}

/** The runs of a store, shared by its run store and its response store. */
export class RunTable {
  readonly #runs = new Map<string, RunEntry>();
  readonly #options: RunTableOptions;
  #bytes = 0;

  constructor(options: RunTableOptions) {
    this.#options = options;
  }

  /** Bytes of the requests, events and steps of all runs. */
  get bytes(): number {
    return this.#bytes;
  }

  get(tenant: string, id: string): RunEntry | undefined {
    return this.#runs.get(toKey(tenant, id));
  }

  isRunning(tenant: string, id: string): boolean {
    const run = this.get(tenant, id);
    return run !== undefined && run.endedAt === undefined;
  }

  /** Returns the runs in the order in which they began. */
  values(): Iterable<RunEntry> {
    return this.#runs.values();
  }

  /** Returns the bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#runs.values(), tenant, ({ bytes }) => bytes);
  }

  add({ tenant, id, owner, request, events }: NewRun): void {
    const bytes = countRunBytes({ request, events });
    this.#runs.set(toKey(tenant, id), {
      ...{ tenant, id, owner, request, bytes },
      events: [...events],
      steps: [],
      attempts: 1,
      cancelled: false,
      inputs: [],
      endedAt: undefined,
      expired: false,
    });
    this.#bytes += bytes;
  }

  /** Appends events. `bytes`: their total size. */
  append(run: RunEntry, events: readonly string[], bytes: number): void {
    for (const event of events) run.events.push(event);
    this.#resize(run, run.bytes + bytes);
  }

  /** Appends steps to the journal after their events. `bytes`: their total size. */
  appendSteps(run: RunEntry, steps: readonly string[], bytes: number): void {
    for (const body of steps) run.steps.push({ body, events: run.events.length });
    run.attempts = 1;
    this.#resize(run, run.bytes + bytes);
  }

  removeRequest(run: RunEntry): void {
    this.#resize(run, run.bytes - countRunBytes({ request: run.request, events: [] }));
    run.request = undefined;
  }

  /** Removes the log and the journal of a run that has ended. */
  expire(run: RunEntry): void {
    run.events.length = 0;
    run.steps.length = 0;
    run.expired = true;
    this.#resize(run, 0);
  }

  remove(tenant: string, id: RunId): void {
    const run = this.get(tenant, id);
    if (run === undefined) return;
    this.#runs.delete(toKey(tenant, id));
    this.#bytes -= run.bytes;
    this.#options.onRemove(tenant, id);
  }

  /** Removes what belongs to a hidden response. */
  removeHidden(tenant: string, id: RunId): void {
    this.remove(tenant, id);
    this.#options.onHide(tenant, id);
  }

  clear(): void {
    this.#runs.clear();
    this.#bytes = 0;
  }

  #resize(run: RunEntry, bytes: number): void {
    this.#bytes += bytes - run.bytes;
    run.bytes = bytes;
  }
}
