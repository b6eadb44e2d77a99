import type { NewRun, RunId } from '../run-store.ts';
import { sumBytes } from './bounds/sum-bytes.ts';
import { toKey } from './to-key.ts';

/** One run as it is kept, with its log. */
export interface RunEntry {
  readonly tenant: string;
  readonly id: RunId;
  owner: string;
  attempts: number;
  /** JSON; gone when the run ends, because nobody runs it again. */
  request: string | undefined;
  readonly events: string[];
  /** Of the request and the events. */
  bytes: number;
  cancelled: boolean;
  /** Unix seconds; undefined: it runs. */
  endedAt: number | undefined;
  /** Its log has been removed. */
  expired: boolean;
}

/** Bytes of a request and of events. */
export function countRunBytes({ request = '', events }: Pick<NewRun, 'request' | 'events'>): number {
  let bytes = Buffer.byteLength(request);
  for (const event of events) bytes += Buffer.byteLength(event);
  return bytes;
}

/** The runs of a store: what the store of runs and the store of responses both work on. */
export class RunTable {
  readonly #runs = new Map<string, RunEntry>();
  readonly #onRemove: (tenant: string, id: RunId) => void;
  #bytes = 0;

  /** `onRemove` is told of each run that goes. */
  constructor(onRemove: (tenant: string, id: RunId) => void) {
    this.#onRemove = onRemove;
  }

  /** Of the requests and events of all runs. */
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

  /** In the order in which they began. */
  values(): Iterable<RunEntry> {
    return this.#runs.values();
  }

  /** Bytes of JSON that a tenant has stored. */
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

  /** `bytes`: those of the events. */
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
