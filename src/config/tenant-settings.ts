/** Whose things these are: the name that an API key stands for, and by which everything stored is scoped. */
export interface TenantSettings {
  /** How long what the tenant stores is kept; absent: for ever. */
  retentionSeconds: number | undefined;
  /** The names of the agents that may answer it, the default first; absent: all of them. */
  agents: readonly string[] | undefined;
  limits: TenantLimits;
}

/** Absent: no limit of its own. */
export interface TenantLimits {
  /** Runs at the same time. */
  runs: number | undefined;
  requestsPerMinute: number | undefined;
  /** Bytes of JSON that it may have stored. */
  storageBytes: number | undefined;
}

export interface KeyConfig {
  /** For people: what a key is listed and revoked by. */
  name: string;
  tenant: string;
  /** As `hashKey` makes it. The key itself is nowhere. */
  hash: string;
}

/** Who may come in, and what they may do. */
export interface TenancyConfig {
  /** Absent: no authentication, and loopback only. Empty: nobody comes in. */
  keys: readonly KeyConfig[] | undefined;
  tenants: ReadonlyMap<string, TenantSettings>;
  /** Of a tenant that has none of its own. */
  standard: TenantSettings;
}

/** The tenant of a server with one key, or none. */
export const defaultTenant = 'default';
