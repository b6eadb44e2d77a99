import { hashKey } from '../config/hash-key.ts';
import { defaultTenant, type TenancyConfig, type TenantSettings } from '../config/tenant-settings.ts';
import { type RequestCount, RequestRates } from './request-rates.ts';

/** Who may come in, and what they may do; as it stands now, since it can be replaced while the server runs. */
export class Tenants {
  readonly #rates: RequestRates;
  #config: TenancyConfig;
  #owners: ReadonlyMap<string, string>;

  /** `now` gives milliseconds that never run backwards. */
  constructor(config: TenancyConfig, now: () => number = () => performance.now()) {
    this.#config = config;
    this.#owners = toOwners(config);
    this.#rates = new RequestRates(now);
  }

  /** Is there no authentication? Then only this machine may be served. */
  get isOpen(): boolean {
    return this.#config.keys === undefined;
  }

  /**
   * The tenant that a key stands for; on an open server the default one, whatever the key. `undefined` when nobody has it.
   *
   * Found by hash, not by comparing with each key. How long a look-up takes can't show a key: it depends on the hash of
   * what was sent, which a guesser can't steer towards one that is kept, and V8 seeds its tables anew in each process.
   */
  ownerOf(key: string | undefined): string | undefined {
    if (this.isOpen) return defaultTenant;
    return key === undefined ? undefined : this.#owners.get(hashKey(key));
  }

  settings(tenant: string): TenantSettings {
    return this.#config.tenants.get(tenant) ?? this.#config.standard;
  }

  /**
   * When what a tenant stores now has had its time, in Unix seconds; `undefined`: never. `now` is in milliseconds since
   * 1970.
   */
  expiresAt(tenant: string, now: number): number | undefined {
    const { retentionSeconds } = this.settings(tenant);
    return retentionSeconds === undefined ? undefined : Math.floor(now / 1000) + retentionSeconds;
  }

  /** Counts one request against the tenant's limit; `undefined` when it has none. */
  countRequest(tenant: string): RequestCount | undefined {
    const { requestsPerMinute } = this.settings(tenant).limits;
    return requestsPerMinute === undefined ? undefined : this.#rates.count(tenant, requestsPerMinute);
  }

  /** From the next request on. */
  replace(config: TenancyConfig): void {
    this.#config = config;
    this.#owners = toOwners(config);
    this.#rates.keep(config.tenants);
  }
}

function toOwners({ keys }: TenancyConfig): ReadonlyMap<string, string> {
  return new Map(keys?.map(({ hash, tenant }) => [hash, tenant]));
}
