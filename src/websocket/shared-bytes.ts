/** Where the connections of one tenant reserve memory. */
export interface TenantRoom {
  /** `false`: there is none for so many bytes. */
  take(bytes: number): boolean;
  free(bytes: number): void;
}

/** Bounds what all connections of a tenant hold together; all tenants together hold at most twice as much. */
export class SharedBytes {
  readonly #tenantBytes: number;
  readonly #used = new Map<string, number>();
  #total = 0;

  constructor(tenantBytes: number) {
    this.#tenantBytes = tenantBytes;
  }

  of(tenant: string): TenantRoom {
    return {
      take: (bytes) => {
        if (this.#usedBy(tenant) + bytes > this.#tenantBytes || this.#total + bytes > 2 * this.#tenantBytes)
          return false;
        this.#add(tenant, bytes);
        return true;
      },
      free: (bytes) => this.#add(tenant, -bytes),
    };
  }

  #add(tenant: string, bytes: number): void {
    this.#total += bytes;
    const used = this.#usedBy(tenant) + bytes;
    if (used === 0) this.#used.delete(tenant);
    else this.#used.set(tenant, used);
  }

  #usedBy(tenant: string): number {
    return this.#used.get(tenant) ?? 0;
  }
}
