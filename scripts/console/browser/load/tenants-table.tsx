import type { TenantList } from '../api/types.ts';
import { type Column, Table } from '../parts/table.tsx';
import { formatCount, formatShortCount, nothing } from '../text/format.ts';

type Tenant = TenantList['data'][number];

export function TenantsTable({ tenants }: { tenants: Tenant[] }) {
  return <Table label="Tenants" columns={columns} rows={tenants} keyOf={({ id }) => id} />;
}

const columns: Column<Tenant>[] = [
  { name: 'Tenant', cell: ({ id }) => id },
  { name: 'Keys', cell: ({ keys }) => keys.join(', ') || nothing },
  { name: 'Agents', cell: ({ agents }) => agents?.join(', ') ?? 'all' },
  { name: 'Requests, 24 h', isNumber: true, cell: ({ usage }) => formatCount(usage.requests_last_day) },
  {
    name: 'In / out, 24 h',
    isNumber: true,
    cell: ({ usage }) =>
      `${formatShortCount(usage.input_tokens_last_day)} / ${formatShortCount(usage.output_tokens_last_day)}`,
  },
  {
    name: 'Tokens today',
    isNumber: true,
    cell: ({ usage, limits }) => <Budget used={usage.tokens_today} limit={limits.tokens_per_day} />,
  },
  {
    name: 'This minute',
    isNumber: true,
    cell: ({ usage, limits }) => <Budget used={usage.tokens_this_minute} limit={limits.tokens_per_minute} />,
  },
  { name: 'Runs', isNumber: true, cell: ({ limits }) => formatCount(limits.runs) },
  { name: 'Requests/min', isNumber: true, cell: ({ limits }) => formatCount(limits.requests_per_minute) },
  { name: 'Kept for', isNumber: true, cell: ({ retention_days: days }) => (days === null ? 'ever' : `${days} d`) },
];

/** Shows the used part of a budget. */
function Budget({ used, limit }: { used: number | null; limit: number | null }) {
  if (limit === null) return <>{nothing}</>;
  return (
    <span class={used !== null && used >= limit ? 'over' : ''}>
      {formatShortCount(used)} of {formatShortCount(limit)}
    </span>
  );
}
