import type { NewRun, RunId } from '../run-store.ts';
import { sumBytes } from './bounds/sum-bytes.ts';
import { toKey } from './to-key.ts';

/** A run in memory, with its log. */
export interface RunEntry {
  readonly tenant: string;
  readonly id: RunId;
  owner: string;
  attempts: number;
  /** JSON; removed when the run ends, since it is not restarted any more. */
  request: string | undefined;
  readonly events: string[];
  /** Bytes of the request and the events. */
  bytes: number;
  cancelled: boolean;
  /** Unix seconds; `undefined`: running. */
  endedAt: number | undefined;
  /** Whether its log was removed. */
  expired: boolean;
}

/** Returns the bytes of a request and events. */
export function countRunBytes({ request = '', events }: Pick<NewRun, 'request' | 'events'>): number {
  let bytes = Buffer.byteLength(request);
  for (const event of events) bytes += Buffer.byteLength(event);
  return bytes;
}

/** The runs of a store, shared by its run store and its response store. */
export class RunTable {
  readonly #runs = new Map<string, RunEntry>();
  readonly #onRemove: (tenant: string, id: RunId) => void;
  #bytes = 0;

  /** `onRemove` is called for each removed run. */
  constructor(onRemove: (tenant: string, id: RunId) => void) {
    this.#onRemove = onRemove;
  }

  /** Bytes of the requests and events of all runs. */
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
      attempts: 1,
      cancelled: false,
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

  removeRequest(run: RunEntry): void {
    this.#resize(run, run.bytes - countRunBytes({ request: run.request, events: [] }));
    run.request = undefined;
  }

  /** Removes the log of a run that has ended. */
  expire(run: RunEntry): void {
    run.events.length = 0;
    run.expired = true;
    this.#resize(run, 0);
  }

  remove(tenant: string, id: RunId): void {
    const run = this.get(tenant, id);
    if (run === undefined) return;
    this.#runs.delete(toKey(tenant, id));
    this.#bytes -= run.bytes;
    this.#onRemove(tenant, id);
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
