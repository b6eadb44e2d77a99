/** Reserves memory for the connections of one tenant. */
export interface TenantBytes {
  /** Reserves bytes. `false`: the bound is exceeded. */
  reserve(bytes: number): boolean;
  release(bytes: number): void;
}

/** Bounds the bytes that all connections of a tenant hold. All tenants together may hold twice as much. */
export class SharedBytes {
  readonly #tenantBytes: number;
  readonly #used = new Map<string, number>();
  #total = 0;

  constructor(tenantBytes: number) {
    this.#tenantBytes = tenantBytes;
  }

  of(tenant: string): TenantBytes {
    return {
      reserve: (bytes) => {
        if (this.#usedBy(tenant) + bytes > this.#tenantBytes || this.#total + bytes > 2 * this.#tenantBytes)
          return false;
        this.#add(tenant, bytes);
        return true;
      },
      release: (bytes) => this.#add(tenant, -bytes),
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
