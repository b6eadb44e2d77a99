import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';

export interface StorageQuotasOptions {
  /** Returns the current quota in bytes; `undefined`: no quota. */
  quotaOf(tenant: string): number | undefined;
  /** Returns the bytes that a tenant has stored. */
  measure(tenant: string): Promise<number>;
  /** Monotonic milliseconds. */
  now?: () => number;
}

interface Usage {
  /** The last measurement. */
  bytes: number;
  /** Bytes admitted since then. */
  admitted: number;
  /** Time of the next measurement; `undefined` before the first. */
  dueAt: number | undefined;
  /** The active measurement. */
  measuring: Promise<void> | undefined;
}

/** Maximum share of time spent on measurements. */
const measuringShare = 1 / 20;

/**
 * Enforces storage quotas. Stored bytes are measured at most every `limits.quotaMeasureMs`; between two measurements each
 * admitted request counts with its length. Tenants without a quota cost nothing.
 */
export class StorageQuotas {
  readonly #quotaOf: StorageQuotasOptions['quotaOf'];
  readonly #measure: StorageQuotasOptions['measure'];
  readonly #now: () => number;
  readonly #usages = new Map<string, Usage>();

  constructor({ quotaOf, measure, now = () => performance.now() }: StorageQuotasOptions) {
    this.#quotaOf = quotaOf;
    this.#measure = measure;
    this.#now = now;
  }

  /** Admits a request that stores this content. Throws `insufficient_quota`. */
  async admit(tenant: string, content: unknown): Promise<void> {
    const quota = this.#quotaOf(tenant);
    if (quota === undefined) {
      this.#usages.delete(tenant);
      return;
    }
    const bytes = Buffer.byteLength(JSON.stringify(content));
    const usage = this.#usages.get(tenant) ?? { bytes: 0, admitted: 0, dueAt: undefined, measuring: undefined };
    this.#usages.set(tenant, usage);
    const exceeds = () => usage.bytes + usage.admitted + bytes > quota;
    const measured = this.#refresh(tenant, usage);
    // A request within the quota waits for a measurement only if there is none or the last one is stale.
    if (usage.dueAt === undefined || exceeds() || this.#now() - usage.dueAt > limits.quotaMeasuredMs) await measured;
    else measured?.catch(() => undefined);
    if (exceeds()) throw quotaExceeded(quota);
    usage.admitted += bytes;
  }

  /** Starts a measurement if one is due. Concurrent requests share it. */
  #refresh(tenant: string, usage: Usage): Promise<void> | undefined {
    if (usage.measuring === undefined && (usage.dueAt === undefined || this.#now() >= usage.dueAt)) {
      usage.measuring = this.#take(tenant, usage).finally(() => {
        usage.measuring = undefined;
      });
    }
    return usage.measuring;
  }

  async #take(tenant: string, usage: Usage): Promise<void> {
    const startedAt = this.#now();
    const { admitted } = usage;
    usage.bytes = await this.#measure(tenant);
    // Data admitted during the measurement may or may not be included: it counts until the next one.
    usage.admitted -= admitted;
    const endedAt = this.#now();
    usage.dueAt = endedAt + Math.max(limits.quotaMeasureMs, (endedAt - startedAt) / measuringShare);
  }
}

function quotaExceeded(quota: number): ApiError {
  const message =
    `The storage quota of ${quota} bytes is exceeded. Delete responses, conversations or chat completions, ` +
    "wait until some expire, or send 'store': false.";
  return new ApiError('insufficient_quota', message);
}
