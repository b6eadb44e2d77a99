/** The state of a tenant's rate limit after one more request. */
export interface RequestCount {
  /** Requests per minute; also the burst size. */
  limit: number;
  /** Requests that are admitted at once. */
  remaining: number;
  /** Whole milliseconds until `remaining` equals `limit`, without further requests. */
  resetMs: number;
  /** Whole milliseconds until the next request is admitted; 0: this one was admitted. */
  waitMs: number;
}

interface Bucket {
  /** A request costs `unitsPerRequest`. Integers avoid accumulated rounding errors. */
  units: number;
  /** Time of the last update, in whole milliseconds. */
  at: number;
}

/** The milliseconds of a minute, so that each millisecond refills as many units as the limit. */
const unitsPerRequest = 60_000;

/**
 * Limits request rates with a token bucket per tenant. A refused request takes no token, so that retrying does not extend
 * the wait. Each server counts separately.
 */
export class RequestRates {
  readonly #now: () => number;
  /** At most one for each tenant with a limit. */
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

  /** Removes the buckets of all other tenants. */
  retain(tenants: { has(tenant: string): boolean }): void {
    for (const tenant of this.#buckets.keys()) if (!tenants.has(tenant)) this.#buckets.delete(tenant);
  }

  /** Returns the units available now. A changed limit applies at once. */
  #refill(tenant: string, { limit, at }: { limit: number; at: number }): number {
    const full = limit * unitsPerRequest;
    const bucket = this.#buckets.get(tenant);
    return bucket ? Math.min(full, bucket.units + (at - bucket.at) * limit) : full;
  }
}
