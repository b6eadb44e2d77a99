import type { Run } from '../api/types.ts';
import { isActive, Status } from '../parts/status.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { toHash } from '../state/routes.ts';
import { useNow } from '../state/use-now.ts';
import {
  formatAge,
  formatCount,
  formatDuration,
  formatShortCount,
  formatTime,
  nothing,
  shortId,
} from '../text/format.ts';

/** Lists runs. Ages and durations count up. */
export function RunsTable({ runs }: { runs: Run[] }) {
  const now = useNow();
  if (runs.length === 0) return <p class="empty">No runs. They appear here as clients send requests.</p>;
  return <Table label="Runs" columns={toColumns(now)} rows={runs} keyOf={({ id }) => id} />;
}

const toColumns = (now: number): Column<Run>[] => [
  { name: 'State', cell: ({ status }) => <Status status={status} /> },
  { name: 'Run', cell: RunLink },
  { name: 'Tenant', cell: ({ tenant }) => tenant },
  { name: 'Agent', cell: ({ agent }) => agent ?? nothing },
  { name: 'Model', cell: ({ model }) => model ?? nothing },
  {
    name: 'Age',
    isNumber: true,
    cell: ({ created_at: at }) => <time title={formatTime(at)}>{formatAge(now - at)}</time>,
  },
  { name: 'Duration', isNumber: true, cell: (run) => formatDuration(durationOf(run, now)) },
  { name: 'Tokens in / out', isNumber: true, cell: Tokens },
  { name: 'Tools', isNumber: true, cell: ({ tool_calls: calls }) => calls },
  { name: 'Problem', cell: Problem },
];

function RunLink({ id, kind, background, attempt }: Run) {
  const details = [kind === 'response' ? null : 'chat', background ? 'background' : null];
  const shown = [...details, attempt > 1 ? `attempt ${attempt}` : null].filter((detail) => detail !== null);
  return (
    <a href={toHash('runs', id)} title={id}>
      <code>{shortId(id)}</code>
      {shown.length > 0 && <span class="soft"> {shown.join(', ')}</span>}
    </a>
  );
}

function Tokens({ input_tokens: input, output_tokens: output }: Run) {
  if (input === null && output === null) return nothing;
  return (
    <span title={`${formatCount(input)} in, ${formatCount(output)} out`}>
      {formatShortCount(input)} / {formatShortCount(output)}
    </span>
  );
}

function Problem({ error, reason, status, pending_approvals: pending }: Run) {
  if (error) return <span title={error.message}>{error.code}</span>;
  if (status === 'waiting_for_approval') return `${pending} pending`;
  return reason ?? '';
}

/** Returns how long a run has worked, without its time in the queue. */
export function durationOf({ status, started_at: start, ended_at: end }: Run, now: number): number | null {
  if (start === null) return null;
  if (end !== null) return end - start;
  return isActive(status) ? now - start : null;
}
