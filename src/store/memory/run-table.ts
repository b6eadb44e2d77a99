import type { NewRun, RunId } from '../run-store.ts';
import { sumBytes } from './sum-bytes.ts';
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
  cancelled: boolean;
  /** Unix seconds; undefined: it runs. */
  endedAt: number | undefined;
  /** Its log has been removed. */
  expired: boolean;
}

/** The runs of a store: what the store of runs and the store of responses both work on. */
export class RunTable {
  readonly #runs = new Map<string, RunEntry>();
  readonly #onRemove: (tenant: string, id: RunId) => void;

  /** `onRemove` is told of each run that goes. */
  constructor(onRemove: (tenant: string, id: RunId) => void) {
    this.#onRemove = onRemove;
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
    return sumBytes(this.#runs.values(), tenant, ({ request = '', events }) => {
      return events.reduce((sum, event) => sum + Buffer.byteLength(event), Buffer.byteLength(request));
    });
  }

  add({ tenant, id, owner, request, events }: NewRun): void {
    this.#runs.set(toKey(tenant, id), {
      ...{ tenant, id, owner, request },
      events: [...events],
      attempts: 1,
      cancelled: false,
      endedAt: undefined,
      expired: false,
    });
  }

  remove(tenant: string, id: RunId): void {
    if (this.#runs.delete(toKey(tenant, id))) this.#onRemove(tenant, id);
  }

  clear(): void {
    this.#runs.clear();
  }
}
