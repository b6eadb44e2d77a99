import type { Schemas } from '../contract/types.ts';
import type { Services } from '../services.ts';

type Deps = Pick<Services, 'store' | 'tenants'>;

const daySeconds = 86_400;
const hourSeconds = 3600;

/** Returns the configured tenants with their limits and use. `now`: Unix seconds. */
export async function listTenants(deps: Deps, now: number): Promise<Schemas['TenantList']> {
  const data = await Promise.all(deps.tenants.names().map((tenant) => toSummary(tenant, deps, now)));
  return { object: 'list', data };
}

async function toSummary(tenant: string, deps: Deps, now: number): Promise<Schemas['TenantSummary']> {
  const { agents, retentionSeconds, limits } = deps.tenants.settings(tenant);
  return {
    id: tenant,
    object: 'tenant',
    keys: deps.tenants.keyNames(tenant),
    agents: agents ? [...agents] : null,
    retention_days: retentionSeconds === undefined ? null : retentionSeconds / daySeconds,
    limits: {
      runs: limits.runs ?? null,
      requests_per_minute: limits.requestsPerMinute ?? null,
      tokens_per_minute: limits.tokensPerMinute ?? null,
      tokens_per_day: limits.tokensPerDay ?? null,
      storage_bytes: limits.storageBytes ?? null,
    },
    usage: await readUse(tenant, deps, now),
  };
}

async function readUse(tenant: string, { store, tenants }: Deps, now: number): Promise<Schemas['TenantUsage']> {
  const { tokensPerMinute, tokensPerDay } = tenants.settings(tenant).limits;
  const hasBudget = tokensPerMinute !== undefined || tokensPerDay !== undefined;
  const to = Math.ceil((now + 1) / hourSeconds) * hourSeconds;
  const [budget, { buckets }] = await Promise.all([
    hasBudget ? store.usage.read(tenant, now) : undefined,
    store.load.read({ from: to - daySeconds, to, seconds: hourSeconds, tenant }),
  ]);
  const sum = (field: 'requests' | 'inputTokens' | 'outputTokens') =>
    buckets.reduce((total, bucket) => total + bucket[field], 0);
  return {
    tokens_this_minute: budget?.minute ?? null,
    tokens_today: budget?.day ?? null,
    requests_last_day: sum('requests'),
    input_tokens_last_day: sum('inputTokens'),
    output_tokens_last_day: sum('outputTokens'),
  };
}
