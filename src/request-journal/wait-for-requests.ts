import { setTimeout as delay } from 'node:timers/promises';
import type { Schemas } from '../contract/types.ts';
import { explainMismatch } from './match/explain-mismatch.ts';
import type { RequestJournal } from './request-journal.ts';
import { toVerdict } from './to-verdict.ts';

/** The default of the contract. */
const standardMs = 5000;

/** Waits until enough requests match, or until the time is over, and judges them. Rejects when `signal` aborts. */
export async function waitForRequests(
  journal: RequestJournal,
  { match = {}, at_least: least = 1, timeout_ms: timeoutMs = standardMs }: Schemas['WaitForRequestsRequest'],
  signal: AbortSignal,
): Promise<Schemas['JournalVerdict']> {
  const isEnough = () =>
    journal.records.filter((record) => explainMismatch(record, match).length === 0).length >= least;
  if (!isEnough()) await untilChanged(journal, isEnough, { timeoutMs, signal });
  return toVerdict(journal.records, match, { least, most: Number.POSITIVE_INFINITY });
}

async function untilChanged(
  journal: RequestJournal,
  isEnough: () => boolean,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const enough = Promise.withResolvers<void>();
  const over = new AbortController();
  using _watch = journal.watch(() => {
    if (isEnough()) enough.resolve();
  });
  try {
    await Promise.race([
      enough.promise,
      delay(timeoutMs, undefined, { signal: AbortSignal.any([signal, over.signal]) }),
    ]);
  } finally {
    over.abort();
  }
}
