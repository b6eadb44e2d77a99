import { firstOutputBuckets, type LoadBucket, type LoadCounters, type LoadQuery, type LoadRow } from '../load-store.ts';
import { fromExactText, toExactText } from './exact-text.ts';

const histogram = [...firstOutputBuckets.map((_, index) => `first_${index}`), `first_${firstOutputBuckets.length}`];
/** The columns that are added up. */
export const summedColumns = [
  'requests',
  'errors',
  'cancelled',
  'input_tokens',
  'output_tokens',
  'tool_calls',
  'queued_ms',
  'unrecorded',
  ...histogram,
];
export const labelColumns = ['minute', 'tenant', 'agent', 'model'];
export const loadColumns = [...labelColumns, ...summedColumns, 'max_queued_ms'];

/** Returns the values of `loadColumns`, by column. */
export function toLoadValues(row: LoadRow): Record<string, string | number> {
  return {
    minute: row.minute,
    tenant: row.tenant,
    agent: toExactText(row.agent),
    model: toExactText(row.model),
    requests: row.requests,
    errors: row.errors,
    cancelled: row.cancelled,
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    tool_calls: row.toolCalls,
    queued_ms: row.queuedMs,
    unrecorded: row.unrecorded,
    ...Object.fromEntries(histogram.map((column, index) => [column, row.firstOutput[index] ?? 0])),
    max_queued_ms: row.maxQueuedMs,
  };
}

/** SQL: the counters of a group of rows, as `toLoadBucket` reads them. PostgreSQL's sums of `bigint` are `numeric`. */
export const sumCounters = (type = ''): string =>
  [...summedColumns.map((column) => `sum(${column})${type} AS ${column}`), 'max(max_queued_ms) AS max_queued_ms'].join(
    ', ',
  );

export interface LoadBucketRow extends Record<string, string | number> {
  start: number;
  agent: string;
}

export function toLoadBucket(row: LoadBucketRow): LoadBucket {
  const count = (column: string) => Number(row[column] ?? 0);
  return {
    start: row.start,
    agent: fromExactText(row.agent),
    requests: count('requests'),
    errors: count('errors'),
    cancelled: count('cancelled'),
    inputTokens: count('input_tokens'),
    outputTokens: count('output_tokens'),
    toolCalls: count('tool_calls'),
    firstOutput: histogram.map(count),
    queuedMs: count('queued_ms'),
    maxQueuedMs: count('max_queued_ms'),
    unrecorded: count('unrecorded'),
  };
}

/** Adds counters to others. */
export function addCounters(sum: LoadCounters, added: LoadCounters): void {
  sum.requests += added.requests;
  sum.errors += added.errors;
  sum.cancelled += added.cancelled;
  sum.inputTokens += added.inputTokens;
  sum.outputTokens += added.outputTokens;
  sum.toolCalls += added.toolCalls;
  sum.firstOutput = sum.firstOutput.map((count, index) => count + (added.firstOutput[index] ?? 0));
  sum.queuedMs += added.queuedMs;
  sum.maxQueuedMs = Math.max(sum.maxQueuedMs, added.maxQueuedMs);
  sum.unrecorded += added.unrecorded;
}

/** Rounds the start of a query down to its buckets. */
export const toLoadRange = ({ from, to, seconds, tenant }: LoadQuery) => ({
  from: from - (from % seconds),
  to,
  seconds,
  tenant,
});
