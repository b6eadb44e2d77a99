import type { RunStatus } from '../api/types.ts';

const labels: Record<RunStatus, string> = {
  queued: 'Queued',
  running: 'Running',
  waiting_for_approval: 'Waiting for approval',
  completed: 'Completed',
  incomplete: 'Incomplete',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** Shows a state as text with a colour. */
export function Status({ status }: { status: string | null }) {
  const name = status ?? 'unknown';
  const label = Object.hasOwn(labels, name) ? labels[name as RunStatus] : name.replaceAll('_', ' ');
  return <span class={`status status-${name.replaceAll(/[^a-z_]/g, '')}`}>{label}</span>;
}

/** Whether a run in this state still works. */
export const isActive = (status: RunStatus): boolean => status === 'queued' || status === 'running';
