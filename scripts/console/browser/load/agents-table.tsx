import type { AgentList } from '../api/types.ts';
import { Status } from '../parts/status.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { nothing } from '../text/format.ts';

type Agent = AgentList['data'][number];

export function AgentsTable({ agents }: { agents: Agent[] }) {
  return <Table label="Agents" columns={columns} rows={agents} keyOf={({ name }) => name} />;
}

const columns: Column<Agent>[] = [
  { name: 'Agent', cell: ({ name }) => name },
  { name: 'State', cell: ({ status }) => <Status status={status} /> },
  { name: 'Kind', cell: ({ kind }) => kind },
  { name: 'Address', cell: ({ url }) => (url === null ? nothing : <code>{url}</code>) },
  { name: 'Models', cell: ({ models }) => models.join(', ') || nothing },
];

type States = AgentList['mcp_servers'];
type Server = [name: string, state: string];

/** Lists the MCP servers, if any is configured. */
export function McpServersTable({ servers }: { servers: States }) {
  const rows: Server[] = Object.entries(servers);
  if (rows.length === 0) return null;
  return (
    <>
      <h3>MCP servers</h3>
      <Table label="MCP servers" columns={serverColumns} rows={rows} keyOf={([name]) => name} />
    </>
  );
}

const serverColumns: Column<Server>[] = [
  { name: 'Server', cell: ([name]) => name },
  { name: 'State', cell: ([, state]) => <Status status={state} /> },
];
