import { hashKey } from '../config/hash-key.ts';
import { defaultTenant, type KeyConfig, type TenancyConfig, type TenantSettings } from '../config/tenant-settings.ts';
import { type RequestCount, RequestRates } from './request-rates.ts';

/** The current tenants, with their keys and limits. The configuration can be replaced while the server runs. */
export class Tenants {
  readonly #rates: RequestRates;
  #config: TenancyConfig;
  #owners: ReadonlyMap<string, string>;
  /** The keys of operators by hash. */
  #operators: ReadonlyMap<string, KeyConfig>;

  /** `now` returns monotonic milliseconds. */
  constructor(config: TenancyConfig, now: () => number = () => performance.now()) {
    this.#config = config;
    this.#owners = toOwners(config);
    this.#operators = toOperators(config);
    this.#rates = new RequestRates(now);
  }

  /** Whether authentication is off. The server then accepts local requests only. */
  get isOpen(): boolean {
    return this.#config.keys === undefined;
  }

  /**
   * Returns the tenant that owns a key, `undefined` for an unknown key. Without authentication returns the default tenant.
   *
   * The lookup by hash needs no constant-time comparison: its timing depends on the SHA-256 of the sent key, which a
   * caller cannot steer towards a stored hash, and V8 seeds its hash tables per process.
   */
  ownerOf(key: string | undefined): string | undefined {
    if (this.isOpen) return defaultTenant;
    return key === undefined ? undefined : this.#owners.get(hashKey(key));
  }

  /** Whether a key is an operator's. */
  isOperator(key: string | undefined): boolean {
    return key !== undefined && this.#operators.size > 0 && this.#operators.has(hashKey(key));
  }

  /** Returns the name of a key of an operator of the whole server, `undefined` for any other key. */
  operatorOf(key: string | undefined): string | undefined {
    if (key === undefined || this.#operators.size === 0) return undefined;
    const operator = this.#operators.get(hashKey(key));
    return operator?.operatesServer ? operator.name : undefined;
  }

  /** Returns the names of the tenants that have keys or settings. An operator of the server owns data of the default one. */
  names(): string[] {
    const { keys, tenants } = this.#config;
    const owners = keys?.map(({ tenant }) => tenant) ?? [defaultTenant];
    return [...new Set([...tenants.keys(), ...owners])];
  }

  /** Returns the names of a tenant's keys. */
  keyNames(tenant: string): string[] {
    return this.#config.keys?.filter((key) => key.tenant === tenant).map(({ name }) => name) ?? [];
  }

  settings(tenant: string): TenantSettings {
    return this.#config.tenants.get(tenant) ?? this.#config.standard;
  }

  /**
   * Returns the expiry, in Unix seconds, of an object that a tenant stores now; `undefined`: never. `now` is in Unix
   * milliseconds.
   */
  expiresAt(tenant: string, now: number): number | undefined {
    const { retentionSeconds } = this.settings(tenant);
    return retentionSeconds === undefined ? undefined : Math.floor(now / 1000) + retentionSeconds;
  }

  /** Counts one request against the tenant's limit. Returns `undefined` without a limit. */
  countRequest(tenant: string): RequestCount | undefined {
    const { requestsPerMinute } = this.settings(tenant).limits;
    return requestsPerMinute === undefined ? undefined : this.#rates.count(tenant, requestsPerMinute);
  }

  /** Replaces the configuration from the next request on. */
  replace(config: TenancyConfig): void {
    this.#config = config;
    this.#owners = toOwners(config);
    this.#operators = toOperators(config);
    this.#rates.retain(config.tenants);
  }
}

function toOwners({ keys }: TenancyConfig): ReadonlyMap<string, string> {
  return new Map(keys?.map(({ hash, tenant }) => [hash, tenant]));
}

function toOperators({ keys }: TenancyConfig): ReadonlyMap<string, KeyConfig> {
  return new Map(keys?.flatMap((key) => (key.isOperator ? [[key.hash, key]] : [])));
}
