import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import type { Services } from '../services.ts';
import { firstOutputBuckets, type LoadBucket } from '../store/load-store.ts';

const periods = {
  hour: { length: 3600, step: 60 },
  day: { length: 86_400, step: 900 },
} as const;

export interface LoadRequest {
  period: keyof typeof periods;
  tenant: string | undefined;
  /** Unix seconds. */
  now: number;
}

/** Returns the load of a period, and the runs at this time, of all servers. */
export async function readLoad(
  { store }: Pick<Services, 'store'>,
  { period, tenant, now }: LoadRequest,
): Promise<Schemas['Load']> {
  const { length, step } = periods[period];
  const to = Math.ceil((now + 1) / step) * step;
  const from = to - length;
  const count = (state: 'running' | 'queued') =>
    store.runRecords.list({ states: [state], tenant, now, limit: limits.countedRuns });
  const [load, running, queued] = await Promise.all([
    store.load.read({ from, to, seconds: step, tenant }),
    count('running'),
    count('queued'),
  ]);
  return {
    object: 'load',
    from,
    to,
    step_seconds: step,
    points: load.buckets.map(toPoint),
    // A peak counts the runs of all tenants.
    peaks: tenant === undefined ? load.peaks.map(({ start, ...peak }) => ({ at: start, ...peak })) : [],
    running: running === 'unknown-after' ? 0 : running.data.length,
    queued: queued === 'unknown-after' ? 0 : queued.data.length,
  };
}

const toPoint = (bucket: LoadBucket): Schemas['LoadPoint'] => ({
  at: bucket.start,
  agent: bucket.agent,
  requests: bucket.requests,
  errors: bucket.errors,
  cancelled: bucket.cancelled,
  input_tokens: bucket.inputTokens,
  output_tokens: bucket.outputTokens,
  tool_calls: bucket.toolCalls,
  first_output_p50: toQuantile(bucket.firstOutput, 0.5),
  first_output_p95: toQuantile(bucket.firstOutput, 0.95),
});

/** Returns a quantile in seconds, interpolated in its bucket of the histogram; `null` without runs. */
function toQuantile(counts: readonly number[], quantile: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = quantile * total;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const from = firstOutputBuckets[index - 1] ?? 0;
      // The last bucket has no upper bound.
      const to = firstOutputBuckets[index] ?? from;
      return Math.round(from + ((to - from) * (rank - below)) / count) / 1000;
    }
    below += count;
  }
  return null;
}
