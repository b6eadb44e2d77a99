/** The settings of a tenant. A tenant owns everything its keys create. */
export interface TenantSettings {
  /** Retention of stored objects; `undefined`: they never expire. */
  retentionSeconds: number | undefined;
  /** Names of the agents it may use, the default first; `undefined`: all of them. */
  agents: readonly string[] | undefined;
  limits: TenantLimits;
  /** Who may approve calls of MCP tools: the tenant's own keys, which is the default, or those of operators alone. */
  approve?: 'client' | 'operator' | undefined;
}

/** `undefined`: no limit of its own. */
export interface TenantLimits {
  /** Concurrent runs. */
  runs: number | undefined;
  requestsPerMinute: number | undefined;
  /** Tokens of its models, input and output. Each minute and each day in UTC begins at 0. */
  tokensPerMinute: number | undefined;
  tokensPerDay: number | undefined;
  /** Bytes of stored JSON. */
  storageBytes: number | undefined;
}

export interface KeyConfig {
  /** The name under which a key is listed and revoked. */
  name: string;
  tenant: string;
  /** As `hashKey` returns it. The key itself is not stored. */
  hash: string;
  /** Whether the key is an operator's, who may approve calls where the tenant may not. */
  isOperator?: boolean | undefined;
  /** Whether the operator belongs to no tenant, and so operates the whole server. */
  operatesServer?: boolean | undefined;
}

/** The API keys and the tenants that own them. */
export interface TenancyConfig {
  /** `undefined`: no authentication, loopback only. Empty: every request is refused. */
  keys: readonly KeyConfig[] | undefined;
  tenants: ReadonlyMap<string, TenantSettings>;
  /** The settings of tenants that the file does not configure. */
  standard: TenantSettings;
}

/** The tenant of keys that name none, and of requests without authentication. */
export const defaultTenant = 'default';
