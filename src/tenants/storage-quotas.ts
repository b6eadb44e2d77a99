import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';

export interface StorageQuotasOptions {
  /** As it stands now; `undefined`: the tenant has no quota. */
  quotaOf(tenant: string): number | undefined;
  /** The bytes that a tenant has stored. */
  measure(tenant: string): Promise<number>;
  /** Milliseconds that never run backwards. */
  now?: () => number;
}

interface Usage {
  /** As measured last. */
  bytes: number;
  /** Admitted since, and not measured yet. */
  admitted: number;
  /** When a measurement is due; `undefined`: it was never measured. */
  dueAt: number | undefined;
  /** The measurement under way. */
  measuring: Promise<void> | undefined;
}

/** A measurement takes at most this part of the time. */
const measuringShare = 1 / 20;

/**
 * Refuses what would exceed a tenant's storage quota. What is stored is measured at most every `limits.quotaMeasureMs`; between
 * two measurements what was admitted counts at the length of its requests. Tenants without a quota cost nothing.
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
    // Within the quota a request does not wait for a measurement, unless the last one tells too little.
    if (usage.dueAt === undefined || exceeds() || this.#now() - usage.dueAt > limits.quotaMeasuredMs) await measured;
    else measured?.catch(() => undefined);
    if (exceeds()) throw quotaExceeded(quota);
    usage.admitted += bytes;
  }

  /** Measures when that is due; requests that come meanwhile share the measurement. */
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
    // Data admitted meanwhile may or may not be included.
    usage.admitted -= admitted;
    const endedAt = this.#now();
    usage.dueAt = endedAt + Math.max(limits.quotaMeasureMs, (endedAt - startedAt) / measuringShare);
  }
}

function quotaExceeded(quota: number): ApiError {
  const message =
    `The storage quota of ${quota} bytes is used up. Delete responses, conversations or chat completions, ` +
    "wait until some expire, or send 'store': false.";
  return new ApiError('insufficient_quota', message);
}
