/** Where the queues of one tenant's connections get room. */
export interface TenantRoom {
  /** `false`: there is none for so many bytes. */
  take(bytes: number): boolean;
  free(bytes: number): void;
}

/** Bounds the bytes that wait in all queues of a tenant together. */
export class QueuedBytes {
  readonly #maxBytes: number;
  readonly #used = new Map<string, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  of(tenant: string): TenantRoom {
    return {
      take: (bytes) => {
        const used = this.#usedBy(tenant) + bytes;
        if (used > this.#maxBytes) return false;
        this.#used.set(tenant, used);
        return true;
      },
      free: (bytes) => {
        const used = this.#usedBy(tenant) - bytes;
        if (used === 0) this.#used.delete(tenant);
        else this.#used.set(tenant, used);
      },
    };
  }

  #usedBy(tenant: string): number {
    return this.#used.get(tenant) ?? 0;
  }
}
