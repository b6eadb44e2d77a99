import type { Awaiting, RunCall, RunRecord, RunRecordQuery, RunState, RunSummary } from '../run-record-store.ts';
import type { RunId } from '../run-store.ts';
import { fromExactText, toExactText } from './exact-text.ts';

/** A record as both databases read it, without its calls. SQLite has 0 and 1 instead of booleans. */
export interface SummaryRow {
  id: RunId;
  tenant: string;
  server: string;
  state: RunState;
  createdAt: number;
  begunAt: number | null;
  firstOutputAt: number | null;
  endedAt: number | null;
  agent: string | null;
  model: string | null;
  isBackground: boolean | 0 | 1;
  isDetached: boolean | 0 | 1;
  isCompaction: boolean | 0 | 1;
  requestId: string | null;
  attempt: number;
  modelCalls: number;
  toolCalls: number;
  inputTokens: number | null;
  outputTokens: number | null;
  reason: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  pendingApprovals: number;
}

export interface RecordRow extends SummaryRow {
  /** JSON texts of all executions, each followed by U+001E. */
  calls: string;
}

/** A record to write. */
export type NewRecordRow = ReturnType<typeof toRecordRow>;

/** Each call ends with a character that JSON never contains, so two columns are joined by appending one to the other. */
const callEnd = '\u001e';

export const toRecordRow = (record: RunRecord) => ({
  id: record.id,
  tenant: record.tenant,
  server: record.server,
  state: record.state,
  executedAt: record.createdAt,
  begunAt: record.begunAt ?? null,
  firstOutputAt: record.firstOutputAt ?? null,
  endedAt: record.endedAt ?? null,
  agent: toText(record.agent),
  model: toText(record.model),
  isBackground: toNumber(record.isBackground),
  isDetached: toNumber(record.isDetached),
  isCompaction: toNumber(record.isCompaction),
  requestId: toText(record.requestId),
  attempt: record.attempt,
  modelCalls: record.modelCalls,
  toolCalls: record.toolCalls,
  inputTokens: record.inputTokens ?? null,
  outputTokens: record.outputTokens ?? null,
  reason: toText(record.reason),
  errorCode: toText(record.errorCode),
  errorMessage: toText(record.errorMessage),
  calls: record.calls.map((call) => JSON.stringify(call) + callEnd).join(''),
});

const toText = (text: string | undefined): string | null => (text === undefined ? null : toExactText(text));
const fromText = (stored: string | null): string | undefined => (stored === null ? undefined : fromExactText(stored));
const toNumber = (flag: boolean): 0 | 1 => (flag ? 1 : 0);

export const fromSummaryRow = (row: SummaryRow): RunSummary & Awaiting => ({
  id: row.id,
  tenant: row.tenant,
  server: row.server,
  state: row.state,
  createdAt: row.createdAt,
  begunAt: row.begunAt ?? undefined,
  firstOutputAt: row.firstOutputAt ?? undefined,
  endedAt: row.endedAt ?? undefined,
  agent: fromText(row.agent),
  model: fromText(row.model),
  isBackground: Boolean(row.isBackground),
  isDetached: Boolean(row.isDetached),
  isCompaction: Boolean(row.isCompaction),
  requestId: fromText(row.requestId),
  attempt: row.attempt,
  modelCalls: row.modelCalls,
  toolCalls: row.toolCalls,
  inputTokens: row.inputTokens ?? undefined,
  outputTokens: row.outputTokens ?? undefined,
  reason: fromText(row.reason),
  errorCode: fromText(row.errorCode),
  errorMessage: fromText(row.errorMessage),
  pendingApprovals: row.pendingApprovals,
});

export const fromRecordRow = (row: RecordRow): RunRecord & Awaiting => ({
  ...fromSummaryRow(row),
  calls: row.calls.split(callEnd).slice(0, -1).map(toCall),
});

function toCall(text: string): RunCall {
  const call: RunCall = JSON.parse(text);
  return call;
}

/** Returns the beginnings that the id of a selected run has. */
export const toIdPrefixes = ({ kind, idPrefix }: RunRecordQuery): string[] => [
  ...(kind === undefined ? [] : [kind === 'response' ? 'resp_' : 'chatcmpl-']),
  ...(idPrefix === undefined ? [] : [idPrefix]),
];

/** Whether only runs that have not ended are selected. */
export const isUnended = ({ states }: RunRecordQuery): boolean =>
  states?.every((state) => state === 'queued' || state === 'running') ?? false;
