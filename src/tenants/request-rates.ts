const minuteMs = 60_000;

/** How a tenant stands after one more request. */
export interface RequestCount {
  /** Requests a minute, and at once after a pause. */
  limit: number;
  /** Requests that could follow at once. */
  remaining: number;
  /** Until `remaining` is `limit` again, if none follow. */
  resetMs: number;
  /** Until there is room for one; 0: this one was let in. */
  waitMs: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was right. */
  at: number;
}

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
    const tokens = this.#refill(tenant, limit);
    const isAdmitted = tokens >= 1;
    const left = isAdmitted ? tokens - 1 : tokens;
    this.#buckets.set(tenant, { tokens: left, at: this.#now() });
    return {
      limit,
      remaining: Math.floor(left),
      resetMs: toMs(limit - left, limit),
      waitMs: isAdmitted ? 0 : toMs(1 - tokens, limit),
    };
  }

  /** Forgets all other tenants. */
  keep(tenants: { has(tenant: string): boolean }): void {
    for (const tenant of this.#buckets.keys()) if (!tenants.has(tenant)) this.#buckets.delete(tenant);
  }

  /** A limit that was changed meanwhile holds at once. */
  #refill(tenant: string, limit: number): number {
    const bucket = this.#buckets.get(tenant);
    if (!bucket) return limit;
    return Math.min(limit, bucket.tokens + ((this.#now() - bucket.at) * limit) / minuteMs);
  }
}

const toMs = (tokens: number, limit: number): number => (tokens * minuteMs) / limit;
