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
import type { BudgetPart, ByteBudget } from './bounds/byte-budget.ts';
import { findExpired } from './bounds/find-expired.ts';
import type { Lifetime } from './lifetime.ts';
import type { MemoryIdempotencyStore } from './memory-idempotency-store.ts';
import type { MemoryLeaseStore } from './memory-lease-store.ts';
import type { MemoryResponseStore } from './memory-response-store.ts';
import type { MemoryWebhookStore } from './memory-webhook-store.ts';
import { countRunBytes, countTextBytes, type RunEntry, type RunTable } from './run-table.ts';

export interface MemoryRunStoreParts {
  lifetime: Lifetime;
  table: RunTable;
  watchers: RunWatchers;
  responses: MemoryResponseStore;
  leases: MemoryLeaseStore;
  idempotency: MemoryIdempotencyStore;
  webhooks: MemoryWebhookStore;
  budget: ByteBudget;
}

/** Runs, their logs and their journals in the memory of this process. */
export class MemoryRunStore implements RunStore, BudgetPart {
  readonly #parts: MemoryRunStoreParts;

  constructor(parts: MemoryRunStoreParts) {
    this.#parts = parts;
  }

  /** Bytes of the requests, logs and journals of all runs. */
  get bytes(): number {
    return this.#parts.table.bytes;
  }

  /** Removes the oldest ended run without a response. Other ended runs are removed with their responses. */
  evictOldest(): boolean {
    const { table, responses } = this.#parts;
    for (const { tenant, id, endedAt } of table.values()) {
      if (endedAt === undefined || responses.has(tenant, id)) continue;
      table.remove(tenant, id);
      return true;
    }
    return false;
  }

  async begin(run: NewRun, response?: StoredResponse): Promise<boolean> {
    const { lifetime, table, responses, idempotency, budget } = this.#parts;
    lifetime.assertOpen();
    if (table.get(run.tenant, run.id)) throw new Error(`Run ${run.id} already exists.`);
    if (run.reserved && !idempotency.hasKey(run.tenant, run.id)) return false;
    const bytes = countRunBytes(run);
    if (response) responses.write(response, { extraBytes: bytes });
    else budget.assertRoom(bytes);
    table.add(run);
    if (run.reserved) idempotency.begin(run.tenant, run.id);
    return true;
  }

  async append(run: RunWriter, events: readonly string[], steps: readonly string[] = []): Promise<boolean> {
    const entry = this.#findOwned(run);
    if (entry === undefined) return false;
    const { table, budget, watchers } = this.#parts;
    const unwritten = toUnwritten(run, events, entry.events.length);
    const unwrittenSteps = areStepsUnwritten(events, unwritten) ? steps : [];
    const bytes = countTextBytes(unwritten);
    const stepBytes = countTextBytes(unwrittenSteps);
    budget.assertRoom(bytes + stepBytes);
    table.append(entry, unwritten, bytes);
    if (unwrittenSteps.length > 0) table.appendSteps(entry, unwrittenSteps, stepBytes);
    watchers.notify(run.id);
    return true;
  }

  async steps(tenant: string, id: RunId): Promise<StoredStep[]> {
    return [...(this.#find(tenant, id)?.steps ?? [])];
  }

  async end(
    run: RunWriter,
    events: readonly string[],
    response?: StoredResponse,
    webhooks: readonly NewWebhook[] = [],
  ): Promise<boolean> {
    const entry = this.#findOwned(run);
    if (entry === undefined) return false;
    const { table, responses, budget, watchers } = this.#parts;
    const unwritten = toUnwritten(run, events, entry.events.length);
    const bytes = countTextBytes(unwritten);
    table.removeRequest(entry);
    // Accepted even if it does not fit, since a refusal would leave the run running. Later writes evict the excess.
    if (response) responses.write(response, { extraBytes: bytes, isForced: true });
    else budget.makeRoom(bytes);
    table.append(entry, unwritten, bytes);
    entry.endedAt = Math.floor(Date.now() / 1000);
    watchers.notify(run.id);
    this.#parts.webhooks.add(webhooks);
    return true;
  }

  async read(tenant: string, id: RunId, { after, limit }: LogRequest): Promise<LogPage | undefined> {
    const entry = this.#find(tenant, id);
    if (entry === undefined) return undefined;
    if (entry.expired) return { events: [], state: 'expired' };
    const wanted = entry.events.slice(after + 1, after + 1 + limit);
    const events = wanted.slice(0, countLogPage(wanted));
    const state = entry.endedAt === undefined ? 'running' : 'ended';
    return { events, state, ...toCut(events.length < wanted.length) };
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

  async addInput(tenant: string, id: RunId, input: RunInput): Promise<boolean> {
    const entry = this.#find(tenant, id);
    if (entry === undefined || entry.endedAt !== undefined) return false;
    entry.inputs.push(input);
    this.#parts.watchers.notify(id);
    return true;
  }

  async takeInputs(owner: string): Promise<TakenInput[]> {
    return this.#running((entry) => entry.inputs.length > 0 && entry.owner === owner).flatMap(({ id, inputs }) =>
      inputs.splice(0).map((input) => ({ ...input, runId: id })),
    );
  }

  async takeOrphans(owner: string, limit: number, driven: readonly RunId[]): Promise<OrphanedRun[]> {
    const { leases } = this.#parts;
    const own = new Set(driven);
    const isLost = (entry: RunEntry) => !own.has(entry.id) && (entry.owner === owner || !leases.isAlive(entry.owner));
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

  /** Removes old logs and returns their number. */
  reap({ logsBefore, limit }: ReapRequest): number {
    const { table, responses, idempotency } = this.#parts;
    const now = logsBefore - 1;
    const isKept = ({ tenant, id, expired }: RunEntry) =>
      expired || (!responses.has(tenant, id) && idempotency.hasKey(tenant, id));
    const ended = findExpired(table.values(), (entry) => (isKept(entry) ? undefined : entry.endedAt), { now, limit });
    for (const entry of ended) {
      table.expire(entry);
      if (!responses.has(entry.tenant, entry.id)) table.remove(entry.tenant, entry.id);
    }
    return ended.length;
  }

  #find(tenant: string, id: RunId): RunEntry | undefined {
    this.#parts.lifetime.assertOpen();
    return this.#parts.table.get(tenant, id);
  }

  /** Returns a running run if the caller owns it. */
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

/** Returns how many events fit a page: up to the event that reaches `limits.logPageBytes`. */
function countLogPage(events: readonly string[]): number {
  let length = 0;
  const last = events.findIndex((event) => {
    length += event.length;
    return length >= limits.logPageBytes;
  });
  return last === -1 ? events.length : last + 1;
}
