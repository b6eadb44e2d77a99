import type { ApprovalAnswer, ApprovalQuery, ApprovalStore, NewApproval, StoredApproval } from '../approval-store.ts';
import type { FoundResult } from '../found-page.ts';
import type { RunId } from '../run-store.ts';
import { toKey } from '../shared/to-key.ts';
import type { ReapRequest } from '../store.ts';
import type { NewWebhook } from '../webhook-store.ts';
import type { BudgetPart, ByteBudget } from './bounds/byte-budget.ts';
import { findExpired } from './bounds/find-expired.ts';
import { sumBytes } from './bounds/sum-bytes.ts';
import type { Lifetime } from './lifetime.ts';
import type { MemoryWebhookStore } from './memory-webhook-store.ts';
import { toTimePage } from './to-time-page.ts';

interface Entry {
  readonly tenant: string;
  readonly approval: NewApproval;
  answer: StoredApproval['answer'];
  /** Bytes of the approval as JSON, since nothing else bounds their number, and of the reason. */
  bytes: number;
}

/** Approvals in the memory of this process. */
export class MemoryApprovalStore implements ApprovalStore, BudgetPart {
  readonly #lifetime: Lifetime;
  readonly #budget: ByteBudget;
  readonly #webhooks: MemoryWebhookStore;
  readonly #entries = new Map<string, Entry>();
  /** By tenant and run id. */
  readonly #byRun = new Map<string, Set<Entry>>();
  #bytes = 0;

  constructor(lifetime: Lifetime, budget: ByteBudget, webhooks: MemoryWebhookStore) {
    this.#lifetime = lifetime;
    this.#budget = budget;
    this.#webhooks = webhooks;
  }

  /** Bytes of all approvals. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Removes the oldest approval. */
  evictOldest(kept: ReadonlySet<unknown>): boolean {
    for (const entry of this.#entries.values()) {
      if (kept.has(entry)) continue;
      this.#remove(entry);
      return true;
    }
    return false;
  }

  async ask(approval: NewApproval, webhooks: readonly NewWebhook[] = []): Promise<void> {
    const { tenant, id, runId } = approval;
    if (this.#find(tenant, id)) return;
    const bytes = Buffer.byteLength(JSON.stringify(approval));
    this.#budget.assertRoom(bytes);
    this.#bytes += bytes;
    const entry = { tenant, approval: { ...approval }, answer: undefined, bytes };
    this.#entries.set(toKey(tenant, id), entry);
    const ofRun = this.#byRun.get(toKey(tenant, runId)) ?? new Set();
    this.#byRun.set(toKey(tenant, runId), ofRun.add(entry));
    this.#webhooks.add(webhooks);
  }

  async get(tenant: string, id: string): Promise<StoredApproval | undefined> {
    const entry = this.#find(tenant, id);
    return entry && toStored(entry);
  }

  async list(tenant: string, ids: readonly string[]): Promise<StoredApproval[]> {
    return ids.map((id) => this.#find(tenant, id)).flatMap((entry) => (entry ? toStored(entry) : []));
  }

  async answer(tenant: string, id: string, { approve, reason, runId, now }: ApprovalAnswer): Promise<boolean> {
    const entry = this.#find(tenant, id);
    if (entry === undefined) return false;
    const { approval, answer } = entry;
    if (answer !== undefined) return answer.usedBy === runId && answer.approve === approve;
    if (approval.expiresAt <= now) return false;
    const bytes = Buffer.byteLength(reason ?? '');
    this.#budget.assertRoom(bytes, new Set([entry]));
    entry.answer = { approve, reason, usedBy: runId, answeredAt: now };
    entry.bytes += bytes;
    this.#bytes += bytes;
    return true;
  }

  async find(id: string): Promise<StoredApproval | undefined> {
    this.#lifetime.assertOpen();
    const entry = this.#entries.values().find(({ approval }) => approval.id === id);
    return entry && toStored(entry);
  }

  async listAll(query: ApprovalQuery): Promise<FoundResult<StoredApproval>> {
    this.#lifetime.assertOpen();
    const approvals = this.#entries.values().map(toStored);
    return toTimePage(
      approvals.filter((approval) => isSelected(approval, query)),
      query,
    );
  }

  /** Counts the pending approvals that a run asked for. */
  countPending(tenant: string, runId: RunId, now: number): number {
    const isPending = ({ answer, approval }: Entry) => answer === undefined && approval.expiresAt > now;
    return Iterator.from(this.#byRun.get(toKey(tenant, runId)) ?? [])
      .filter(isPending)
      .toArray().length;
  }

  /** Removes the approvals that a run asked for. */
  removeOf(tenant: string, runId: RunId): void {
    for (const entry of this.#byRun.get(toKey(tenant, runId)) ?? []) this.#remove(entry);
  }

  /** Returns the bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#entries.values(), tenant, ({ bytes }) => bytes);
  }

  /** Removes expired approvals and returns their number. */
  reap(request: ReapRequest): number {
    const expired = findExpired(this.#entries.values(), ({ approval }) => approval.expiresAt, request);
    for (const entry of expired) this.#remove(entry);
    return expired.length;
  }

  clear(): void {
    this.#entries.clear();
    this.#byRun.clear();
    this.#bytes = 0;
  }

  #find(tenant: string, id: string): Entry | undefined {
    this.#lifetime.assertOpen();
    return this.#entries.get(toKey(tenant, id));
  }

  #remove(entry: Entry): void {
    const { tenant, approval, bytes } = entry;
    this.#entries.delete(toKey(tenant, approval.id));
    this.#bytes -= bytes;
    const runKey = toKey(tenant, approval.runId);
    const ofRun = this.#byRun.get(runKey);
    ofRun?.delete(entry);
    if (ofRun?.size === 0) this.#byRun.delete(runKey);
  }
}

const toStored = ({ approval, answer }: Entry): StoredApproval => ({
  ...approval,
  ...(answer ? { answer: { ...answer } } : {}),
});

function isSelected({ answer, expiresAt, ...approval }: StoredApproval, query: ApprovalQuery): boolean {
  const { status, tenant, runId, now } = query;
  const own = answer === undefined ? (expiresAt > now ? 'pending' : 'expired') : 'answered';
  return (
    (status === 'all' || status === own) &&
    (tenant === undefined || approval.tenant === tenant) &&
    (runId === undefined || approval.runId === runId)
  );
}
