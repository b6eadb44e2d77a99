import type { ConversationSummary, ResponseSummary } from '../api/types.ts';
import { Status } from '../parts/status.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { toHash } from '../state/routes.ts';
import { useNow } from '../state/use-now.ts';
import { formatAge, formatCount, formatTime, nothing, shortId } from '../text/format.ts';

interface ResponsesProperties {
  /** Whether they may belong to several tenants. */
  hasTenants: boolean;
  responses: ResponseSummary[];
  /** Whether older responses haven't been examined. */
  isPartial: boolean;
}

export function ResponsesTable({ responses, hasTenants, isPartial }: ResponsesProperties) {
  const now = useNow(5000);
  if (responses.length === 0) {
    return <p class="empty">{isPartial ? 'None among the newest. Look at older ones.' : 'No responses found.'}</p>;
  }
  const columns = toResponseColumns(now).filter(({ name }) => hasTenants || name !== 'Tenant');
  return <Table label="Responses" columns={columns} rows={responses} keyOf={({ id }) => id} />;
}

const toResponseColumns = (now: number): Column<ResponseSummary>[] => [
  {
    name: 'Response',
    cell: ({ id }) => (
      <a href={toHash('responses', id)} title={id}>
        <code>{shortId(id)}</code>
      </a>
    ),
  },
  { name: 'Input', cell: ({ preview }) => <span class="preview">{preview ?? nothing}</span> },
  { name: 'State', cell: ({ status }) => <Status status={status} /> },
  { name: 'Tenant', cell: ({ tenant }) => tenant },
  { name: 'Model', cell: ({ model }) => model ?? nothing },
  { name: 'Age', isNumber: true, cell: ({ created_at: at }) => <Age at={at} now={now} /> },
];

export function ConversationsTable({ conversations }: { conversations: ConversationSummary[] }) {
  const now = useNow(5000);
  if (conversations.length === 0) return <p class="empty">No conversations found.</p>;
  return <Table label="Conversations" columns={toColumns(now)} rows={conversations} keyOf={({ id }) => id} />;
}

const toColumns = (now: number): Column<ConversationSummary>[] => [
  {
    name: 'Conversation',
    cell: ({ id }) => (
      <a href={toHash('conversations', id)} title={id}>
        <code>{shortId(id)}</code>
      </a>
    ),
  },
  { name: 'Tenant', cell: ({ tenant }) => tenant },
  { name: 'Items', isNumber: true, cell: ({ items }) => formatCount(items) },
  { name: 'Metadata', cell: ({ metadata }) => <span class="preview">{describeMetadata(metadata)}</span> },
  { name: 'Age', isNumber: true, cell: ({ created_at: at }) => <Age at={at} now={now} /> },
];

const describeMetadata = (metadata: object | null): string =>
  Object.entries(metadata ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

const Age = ({ at, now }: { at: number; now: number }) => <time title={formatTime(at)}>{formatAge(now - at)}</time>;
