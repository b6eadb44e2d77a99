import { getLoad, listAgents, listTenants } from '../api/operations.ts';
import type { Load } from '../api/types.ts';
import { type Choice, Choices, TextField } from '../parts/fields.tsx';
import { FailureNotice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { setFilter } from '../state/router.ts';
import { usePoll } from '../state/use-poll.ts';
import { formatCount } from '../text/format.ts';
import { AgentsTable, McpServersTable } from './agents-table.tsx';
import { Plots } from './plots.tsx';
import { TenantsTable } from './tenants-table.tsx';
import { listAgentNames } from './to-series.ts';

const periods: Choice[] = [
  { value: '', label: 'Last hour' },
  { value: 'day', label: 'Last day' },
];
const loadMs = 5000;
const stateMs = 10_000;

/** The load as plots, the agents and the tenants. */
export function LoadView({ query }: { query: Record<string, string> }) {
  const { tenant = '', agent = '' } = query;
  const period = query['period'] === 'day' ? 'day' : 'hour';
  const asked = { period, ...(tenant !== '' && { tenant }) } as const;
  const load = usePoll((signal) => getLoad(asked, signal), JSON.stringify(asked), loadMs);
  const change = (name: string) => (value: string) => setFilter(name, value);
  return (
    <section>
      <PageTitle title="Load" />
      <search class="filters">
        <Choices label="Period" choices={periods} value={query['period'] ?? ''} onChange={change('period')} />
        {load.value && <AgentChoice load={load.value} value={agent} onChange={change('agent')} />}
        <TextField label="Tenant" value={tenant} onChange={change('tenant')} />
      </search>
      <FailureNotice failure={load.failure} />
      {load.value && <Now load={load.value} />}
      {load.value && <Plots load={ofAgent(load.value, agent)} hasPeaks={tenant === ''} />}
      <Agents />
      <Tenants />
    </section>
  );
}

const ofAgent = (load: Load, agent: string): Load =>
  agent === '' ? load : { ...load, points: load.points.filter((point) => point.agent === agent) };

interface AgentProperties {
  load: Load;
  value: string;
  onChange: (value: string) => void;
}

function AgentChoice({ load, value, onChange }: AgentProperties) {
  const names = listAgentNames(load);
  if (names.length < 2 && value === '') return null;
  const all = { value: '', label: 'All' };
  return (
    <Choices
      label="Agent"
      choices={[all, ...names.map((name) => ({ value: name, label: name }))]}
      value={value}
      onChange={onChange}
    />
  );
}

function Now({ load: { running, queued } }: { load: Load }) {
  return (
    <p class="now">
      <b>{formatCount(running)}</b> running, <b>{formatCount(queued)}</b> queued now
    </p>
  );
}

function Agents() {
  const { value, failure } = usePoll(listAgents, 'agents', stateMs);
  return (
    <section aria-labelledby="agents">
      <h2 id="agents">Agents</h2>
      <FailureNotice failure={failure} />
      {value && <AgentsTable agents={value.data} />}
      {value && <McpServersTable servers={value.mcp_servers} />}
    </section>
  );
}

function Tenants() {
  const { value, failure } = usePoll(listTenants, 'tenants', stateMs);
  return (
    <section aria-labelledby="tenants">
      <h2 id="tenants">Tenants</h2>
      <FailureNotice failure={failure} />
      {value && <TenantsTable tenants={value.data} />}
    </section>
  );
}
