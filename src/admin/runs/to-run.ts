import type { Schemas } from '../../contract/types.ts';
import type { Awaiting, RunCall, RunSummary } from '../../store/run-record-store.ts';
import { toKind } from './run-kind.ts';

/** Maps the record of a run to the contract's. */
export function toRun(record: RunSummary & Awaiting): Schemas['Run'] {
  const { state, pendingApprovals, errorCode, errorMessage = '' } = record;
  return {
    id: record.id,
    object: 'run',
    kind: toKind(record.id),
    tenant: record.tenant,
    status: state === 'completed' && pendingApprovals > 0 ? 'waiting_for_approval' : state,
    agent: record.agent ?? null,
    model: record.model ?? null,
    server: record.server,
    background: record.isBackground,
    attempt: record.attempt,
    request_id: record.requestId ?? null,
    created_at: toSeconds(record.createdAt),
    started_at: toTime(record.begunAt),
    first_output_at: toTime(record.firstOutputAt),
    ended_at: toTime(record.endedAt),
    input_tokens: record.inputTokens ?? null,
    output_tokens: record.outputTokens ?? null,
    model_calls: record.modelCalls,
    tool_calls: record.toolCalls,
    pending_approvals: pendingApprovals,
    reason: record.reason ?? null,
    error: errorCode === undefined ? null : { code: errorCode, message: errorMessage },
  };
}

/** Maps a call to the contract's. `model`: that of its run. A call without a model uses the agent's default. */
export function toRunCall(call: RunCall, model: string | undefined): Schemas['RunCall'] {
  return {
    kind: call.kind,
    name: call.name || model || 'default',
    server_label: call.server ?? null,
    agent: call.agent ?? null,
    started_at: toSeconds(call.startedAt),
    answered_at: toTime(call.answeredAt),
    ended_at: toTime(call.endedAt),
    input_tokens: call.inputTokens ?? null,
    output_tokens: call.outputTokens ?? null,
    error: call.error ?? (call.isToolError ? 'The tool returned an error.' : null),
  };
}

/** Maps milliseconds to seconds with decimals. */
const toSeconds = (milliseconds: number): number => milliseconds / 1000;

const toTime = (milliseconds: number | undefined): number | null =>
  milliseconds === undefined ? null : toSeconds(milliseconds);
