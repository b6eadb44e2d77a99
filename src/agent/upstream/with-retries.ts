import { setTimeout as delay } from 'node:timers/promises';
import type { ApiError } from '../../errors/api-error.ts';
import type { AgentEventBatch } from '../agent-client.ts';
import type { ExchangeOutcome } from './exchange/exchange.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export interface RetryOptions {
  limits: UpstreamLimits;
  /** Any of them ends a wait at once. */
  signals: AbortSignal[];
  onRetry(details: { attempt: number; waitMs: number; error: ApiError }): void;
}

/** Retries transient refusals until the upstream accepts. Throws the last refusal. */
export async function withRetries(
  open: () => Promise<ExchangeOutcome>,
  { limits, signals, onRetry }: RetryOptions,
): Promise<AsyncIterable<AgentEventBatch>> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await open();
    if (outcome.type === 'accepted') return outcome.events;
    const { error, isRetryable } = outcome;
    const waitMs = toWait(error, attempt, limits);
    if (!isRetryable || waitMs === undefined) throw error;
    onRetry({ attempt, waitMs: Math.round(waitMs), error });
    // If a signal ended the wait, the next attempt reports why.
    await delay(waitMs, undefined, { signal: AbortSignal.any(signals) }).catch(() => {});
  }
}

/** Returns the milliseconds until the next attempt, or `undefined` when there is none. */
function toWait(error: ApiError, attempt: number, limits: UpstreamLimits): number | undefined {
  if (attempt >= limits.upstreamAttempts) return undefined;
  if (error.retryAfter !== undefined) {
    const waitMs = error.retryAfter * 1000;
    return waitMs <= limits.upstreamRetryAfterMs ? waitMs : undefined;
  }
  // Half of the wait is jitter, so that clients refused together do not retry together.
  return limits.upstreamRetryDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}
