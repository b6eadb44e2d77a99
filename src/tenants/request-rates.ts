/** How a tenant stands after one more request. */
export interface RequestCount {
  /** Requests a minute, and at once after a pause. */
  limit: number;
  /** Requests that could follow at once. */
  remaining: number;
  /** Whole milliseconds until `remaining` is `limit` again, if none follow. */
  resetMs: number;
  /** Whole milliseconds until there is room for one; 0: this one was let in. */
  waitMs: number;
}

interface Bucket {
  /** In units of which a request takes `unitsPerRequest`: whole numbers, so that no rounding adds up. */
  units: number;
  /** When that was right, in whole milliseconds. */
  at: number;
}

/** As many as there are milliseconds in a minute: each millisecond then gives back as many units as the limit says. */
const unitsPerRequest = 60_000;

/**
 * A bucket of tokens for each tenant: a request takes one, and they come back evenly over the minute. A request that
 * is refused takes none, so that who asks too often is not shut out for longer. Each server counts for itself.
 */
export class RequestRates {
  readonly #now: () => number;
  /** No more than there are tenants with a limit. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(now: () => number) {
    this.#now = now;
  }

  count(tenant: string, limit: number): RequestCount {
    const at = Math.floor(this.#now());
    const units = this.#refill(tenant, { limit, at });
    const isAdmitted = units >= unitsPerRequest;
    const left = isAdmitted ? units - unitsPerRequest : units;
    this.#buckets.set(tenant, { units: left, at });
    return {
      limit,
      remaining: Math.floor(left / unitsPerRequest),
      resetMs: Math.ceil((limit * unitsPerRequest - left) / limit),
      waitMs: isAdmitted ? 0 : Math.ceil((unitsPerRequest - units) / limit),
    };
  }

  /** Forgets all other tenants. */
  keep(tenants: { has(tenant: string): boolean }): void {
    for (const tenant of this.#buckets.keys()) if (!tenants.has(tenant)) this.#buckets.delete(tenant);
  }

  /** A limit that was changed meanwhile holds at once. */
  #refill(tenant: string, { limit, at }: { limit: number; at: number }): number {
    const full = limit * unitsPerRequest;
    const bucket = this.#buckets.get(tenant);
    return bucket ? Math.min(full, bucket.units + (at - bucket.at) * limit) : full;
  }
}
