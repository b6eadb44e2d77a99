import type { RunRecord } from '../run-record-store.ts';

export interface RecordEntry {
  /** Of all executions. */
  record: RunRecord;
  /** Start of the newest execution. */
  executedAt: number;
  /** Of the executions before the newest. */
  earlier: Pick<RunRecord, 'calls' | 'modelCalls' | 'toolCalls'>;
  isStopRequested: boolean;
}

const nothing = { calls: [], modelCalls: 0, toolCalls: 0 };

/** A record is flat except for its calls. */
export const copyRecord = (record: RunRecord): RunRecord => ({
  ...record,
  calls: record.calls.map((call) => ({ ...call })),
});

/** Merges an execution into the record of its run. */
export function mergeExecution(entry: RecordEntry | undefined, put: RunRecord): RecordEntry {
  const next = copyRecord(put);
  const executedAt = next.createdAt;
  if (entry === undefined) return { record: next, executedAt, earlier: nothing, isStopRequested: false };
  if (executedAt < entry.executedAt) return entry;
  const { record } = entry;
  const isSame = record.server === next.server && entry.executedAt === executedAt;
  const earlier = isSame ? entry.earlier : record;
  return { ...entry, record: { ...next, ...toKept(record, next), ...addCalls(earlier, next) }, executedAt, earlier };
}

const addCalls = (earlier: RecordEntry['earlier'], last: RunRecord): RecordEntry['earlier'] => ({
  calls: [...earlier.calls, ...last.calls],
  modelCalls: earlier.modelCalls + last.modelCalls,
  toolCalls: earlier.toolCalls + last.toolCalls,
});

/** Returns the fields that an execution does not replace, or does not know. */
const toKept = (record: RunRecord, next: RunRecord): Partial<RunRecord> => ({
  createdAt: record.createdAt,
  begunAt: record.begunAt ?? next.begunAt,
  firstOutputAt: record.firstOutputAt ?? next.firstOutputAt,
  agent: next.agent ?? record.agent,
  model: next.model ?? record.model,
  requestId: next.requestId ?? record.requestId,
  inputTokens: next.inputTokens ?? record.inputTokens,
  outputTokens: next.outputTokens ?? record.outputTokens,
  isBackground: record.isBackground || next.isBackground,
  isDetached: record.isDetached || next.isDetached,
  isCompaction: record.isCompaction || next.isCompaction,
});
