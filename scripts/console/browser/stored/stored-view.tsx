import { listAllConversations, listAllResponses } from '../api/operations.ts';
import { Choices, TextField } from '../parts/fields.tsx';
import { FailureNotice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { Pager } from '../parts/pager.tsx';
import { setFilter } from '../state/router.ts';
import { usePoll } from '../state/use-poll.ts';
import { ConversationsTable, ResponsesTable } from './stored-tables.tsx';

interface Properties {
  query: Record<string, string>;
}

const kinds = [
  { value: '', label: 'Responses' },
  { value: 'conversations', label: 'Conversations' },
];

/** Searches the stored responses and conversations of all tenants. */
export function StoredView({ query }: Properties) {
  const isConversations = query['kind'] === 'conversations';
  const change = (name: string) => (value: string) => setFilter(name, value);
  const field = (name: string, label: string) => (
    <TextField key={name} label={label} value={query[name] ?? ''} onChange={change(name)} />
  );
  return (
    <section>
      <PageTitle title="Conversations" />
      <search class="filters">
        <Choices label="Search in" choices={kinds} value={query['kind'] ?? ''} onChange={change('kind')} />
        {!isConversations && field('text', 'Text in input or output')}
        {field('id', 'ID')}
        {field('tenant', 'Tenant')}
      </search>
      {isConversations ? <FoundConversations query={query} /> : <FoundResponses query={query} />}
    </section>
  );
}

const pageSize = 50;
/** A search examines many rows, so it isn't repeated as often as other lists. */
const intervalMs = 5000;

function FoundResponses({ query }: Properties) {
  const { text, id, tenant, after } = query;
  const asked = withoutEmpty({ text, id, tenant, after, limit: pageSize });
  const { value, failure } = usePoll((signal) => listAllResponses(asked, signal), JSON.stringify(asked), intervalMs);
  return (
    <>
      <FailureNotice failure={failure} />
      {value && <ResponsesTable responses={value.data} hasTenants isPartial={value.has_more} />}
      <Pager query={query} next={value?.next} />
    </>
  );
}

function FoundConversations({ query }: Properties) {
  const { id, tenant, after } = query;
  const asked = withoutEmpty({ id, tenant, after, limit: pageSize });
  const { value, failure } = usePoll(
    (signal) => listAllConversations(asked, signal),
    `conversations ${JSON.stringify(asked)}`,
    intervalMs,
  );
  return (
    <>
      <FailureNotice failure={failure} />
      {value && <ConversationsTable conversations={value.data} />}
      <Pager query={query} next={value?.next} />
    </>
  );
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function withoutEmpty<T extends object>(values: T): Given<T> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given) as Given<T>;
}
