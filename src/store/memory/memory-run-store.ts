import type { StoredResponse } from '../response-store.ts';
import type { LogPage, LogRequest, LostRun, NewRun, OwnedRun, RunId, RunStore, RunWriter } from '../run-store.ts';
import type { RunWatchers } from '../run-watchers.ts';
import type { ReapRequest } from '../store.ts';
import { toUnwritten } from '../to-unwritten.ts';
import { due } from './due.ts';
import type { Lifetime } from './lifetime.ts';
import type { MemoryIdempotencyStore } from './memory-idempotency-store.ts';
import type { MemoryLeaseStore } from './memory-lease-store.ts';
import type { MemoryResponseStore } from './memory-response-store.ts';
import type { RunEntry, RunTable } from './run-table.ts';

export interface MemoryRunStoreParts {
  lifetime: Lifetime;
  table: RunTable;
  watchers: RunWatchers;
  responses: MemoryResponseStore;
  leases: MemoryLeaseStore;
  idempotency: MemoryIdempotencyStore;
}

/** Runs and their logs in the memory of this process. */
export class MemoryRunStore implements RunStore {
  readonly #parts: MemoryRunStoreParts;

  constructor(parts: MemoryRunStoreParts) {
    this.#parts = parts;
  }

  async begin(run: NewRun, response?: StoredResponse): Promise<boolean> {
    const { lifetime, table, responses, idempotency } = this.#parts;
    lifetime.assertOpen();
    if (table.get(run.tenant, run.id)) throw new Error(`There is a run ${run.id} already.`);
    if (run.reserved && !idempotency.names(run.tenant, run.id)) return false;
    if (response) responses.write(response);
    table.add(run);
    if (run.reserved) idempotency.begin(run.tenant, run.id);
    return true;
  }

  async append(run: RunWriter, events: readonly string[]): Promise<boolean> {
    const entry = this.#findOwned(run);
    if (entry === undefined) return false;
    for (const event of toUnwritten(run, events, entry.events.length)) entry.events.push(event);
    this.#parts.watchers.notify(run.id);
    return true;
  }

  async end(run: RunWriter, events: readonly string[], response?: StoredResponse): Promise<boolean> {
    const entry = this.#findOwned(run);
    if (entry === undefined) return false;
    const unwritten = toUnwritten(run, events, entry.events.length);
    if (response) this.#parts.responses.write(response);
    for (const event of unwritten) entry.events.push(event);
    entry.endedAt = Math.floor(Date.now() / 1000);
    entry.request = undefined;
    this.#parts.watchers.notify(run.id);
    return true;
  }

  async read(tenant: string, id: RunId, { after, limit }: LogRequest): Promise<LogPage | undefined> {
    const entry = this.#find(tenant, id);
    if (entry === undefined) return undefined;
    if (entry.expired) return { events: [], state: 'expired' };
    const events = entry.events.slice(after + 1, after + 1 + limit);
    return { events, state: entry.endedAt === undefined ? 'running' : 'ended' };
  }

  async cancel(tenant: string, id: RunId): Promise<boolean> {
    const entry = this.#find(tenant, id);
    if (entry === undefined || entry.endedAt !== undefined) return false;
    entry.cancelled = true;
    this.#parts.watchers.notify(id);
    return true;
  }

  async cancelled(owner: string): Promise<OwnedRun[]> {
    return this.#running((entry) => entry.cancelled && entry.owner === owner).map(({ tenant, id }) => ({
      ...{ tenant, id, owner },
    }));
  }

  async takeLost(owner: string, limit: number, driven: readonly RunId[]): Promise<LostRun[]> {
    const { leases } = this.#parts;
    const own = new Set(driven);
    const isLost = (entry: RunEntry) => (entry.owner === owner ? !own.has(entry.id) : !leases.isAlive(entry.owner));
    return this.#running(isLost)
      .slice(0, limit)
      .map((entry) => {
        entry.owner = owner;
        const { tenant, id, request, attempts } = entry;
        return { tenant, id, request, attempts };
      });
  }

  async setAttempts(run: OwnedRun, attempts: number): Promise<boolean> {
    const entry = this.#findOwned(run);
    if (entry) entry.attempts = attempts;
    return entry !== undefined;
  }

  watch(id: RunId, onChange: () => void): Disposable {
    return this.#parts.watchers.watch(id, onChange);
  }

  /** How many logs it removed. */
  reap({ logsBefore, limit }: ReapRequest): number {
    const { table, responses, idempotency } = this.#parts;
    const now = logsBefore - 1;
    const isKept = ({ tenant, id, expired }: RunEntry) =>
      expired || (!responses.has(tenant, id) && idempotency.names(tenant, id));
    const ended = due(table.values(), (entry) => (isKept(entry) ? undefined : entry.endedAt), { now, limit });
    for (const entry of ended) {
      entry.events.length = 0;
      entry.expired = true;
      if (!responses.has(entry.tenant, entry.id)) table.remove(entry.tenant, entry.id);
    }
    return ended.length;
  }

  #find(tenant: string, id: RunId): RunEntry | undefined {
    this.#parts.lifetime.assertOpen();
    return this.#parts.table.get(tenant, id);
  }

  /** A run that its owner may write. */
  #findOwned({ tenant, id, owner }: OwnedRun): RunEntry | undefined {
    const entry = this.#find(tenant, id);
    return entry?.owner === owner && entry.endedAt === undefined ? entry : undefined;
  }

  #running(matches: (entry: RunEntry) => boolean): RunEntry[] {
    this.#parts.lifetime.assertOpen();
    return Iterator.from(this.#parts.table.values())
      .filter((entry) => entry.endedAt === undefined && matches(entry))
      .toArray();
  }
}
