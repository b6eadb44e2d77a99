import { listRuns } from '../api/operations.ts';
import type { RunStatus } from '../api/types.ts';
import { type Choice, Choices, TextField } from '../parts/fields.tsx';
import { FailureNotice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { Pager } from '../parts/pager.tsx';
import { setFilter } from '../state/router.ts';
import { usePoll } from '../state/use-poll.ts';
import { RunsTable } from './runs-table.tsx';

const pageSize = 50;

const groups: (Choice & { status: RunStatus[] })[] = [
  { value: '', label: 'All', status: [] },
  { value: 'active', label: 'Active', status: ['queued', 'running'] },
  { value: 'waiting', label: 'Waiting', status: ['waiting_for_approval'] },
  { value: 'ended', label: 'Ended', status: ['completed', 'incomplete', 'cancelled'] },
  { value: 'failed', label: 'Failed', status: ['failed'] },
];

const filters = ['id', 'tenant', 'agent', 'model'] as const;
const labels = { id: 'ID starts with', tenant: 'Tenant', agent: 'Agent', model: 'Model' };

/** The runs of all tenants, live. The filters are part of the fragment. */
export function RunsView({ query }: { query: Record<string, string> }) {
  const status = groups.find(({ value }) => value === query['status'])?.status ?? [];
  const asked = { ...pick(query, [...filters, 'after']), status, limit: pageSize };
  const { value, failure } = usePoll((signal) => listRuns(asked, signal), JSON.stringify(asked));
  const change = (name: string) => (value: string) => setFilter(name, value);
  return (
    <section>
      <PageTitle title="Runs" />
      <search class="filters">
        <Choices label="State" choices={groups} value={query['status'] ?? ''} onChange={change('status')} />
        {filters.map((name) => (
          <TextField key={name} label={labels[name]} value={query[name] ?? ''} onChange={change(name)} />
        ))}
      </search>
      <FailureNotice failure={failure} />
      {value && <RunsTable runs={value.data} />}
      <Pager query={query} next={value?.next} />
    </section>
  );
}

const pick = (query: Record<string, string>, names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
