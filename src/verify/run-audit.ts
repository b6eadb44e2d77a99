import { setTimeout as delay } from 'node:timers/promises';
import type { Audit, Level } from './audit.ts';
import { levelFor } from './level-for.ts';
import { Busy, Failure, Inconclusive, Shortfall, Skipped, Unsupported } from './outcomes.ts';
import type { Outcome, Result } from './report/report.ts';
import { toEvidence } from './report/to-evidence.ts';
import { Session, type Shared } from './session.ts';

/** The time-out of an audit, as a multiple of that of one exchange. */
const exchangesPerAudit = 4;

/** Runs one audit, again when the model didn't cooperate. Never rejects. */
export async function runAudit(audit: Audit, shared: Shared, redact: (text: string) => string): Promise<Result> {
  const started = performance.now();
  let session = new Session(shared);
  let reason = await attempt(audit, session);
  if (reason instanceof Inconclusive && mayRetry(reason, shared)) {
    session = new Session(shared);
    reason = await attempt(audit, session);
  }
  const level = levelFor(audit, shared.checks.binding);
  const outcome = toOutcome(level, reason);
  const result: Result = {
    id: audit.id,
    area: audit.id.split('.', 1)[0] ?? '',
    title: audit.title,
    level,
    clause: audit.clause,
    outcome,
    notes: session.notes.map(redact),
    milliseconds: Math.round(performance.now() - started),
  };
  if (outcome === 'pass') return result;
  const isKnown = [Failure, Inconclusive, Skipped, Unsupported].some((kind) => reason instanceof kind);
  const message = reason instanceof Error ? reason.message : `${reason}`;
  result.message = redact(isKnown ? message : `the audit itself broke: ${message}`);
  const failure = reason instanceof Failure ? reason : undefined;
  const violations = failure?.violations.map((one) => ({ path: redact(one.path), message: redact(one.message) }));
  if (violations && violations.length > 0) result.violations = violations;
  if (session.evidence && outcome !== 'skipped') result.evidence = toEvidence(session.evidence, redact, failure);
  return result;
}

/** Whether to try again. All requests wait as long as a busy server asks; the retry is the first of them. */
function mayRetry(reason: Inconclusive, { pacer }: Shared): boolean {
  if (!(reason instanceof Busy)) return true;
  if (reason.retryMs !== undefined) pacer.pause(reason.retryMs);
  return reason.retryMs !== undefined;
}

/** Returns what the audit threw; `undefined` when it passed. */
async function attempt(audit: Audit, session: Session): Promise<unknown> {
  const stop = new AbortController();
  try {
    await Promise.race([audit.run(session), failLate(session, stop.signal)]);
    return undefined;
  } catch (reason) {
    return reason ?? new Error('nothing was thrown');
  } finally {
    stop.abort();
  }
}

/** Rejects at the audit's deadline. Waiting for a turn does not count. */
async function failLate({ target, pacer }: Session, signal: AbortSignal): Promise<void> {
  const milliseconds = exchangesPerAudit * target.timeoutMs;
  const startedAt = performance.now() - pacer.waitedMs;
  for (;;) {
    const left = milliseconds - (performance.now() - pacer.waitedMs - startedAt);
    if (left <= 0) throw new Failure(`the audit did not finish within ${milliseconds / 1000} s`);
    await delay(Math.ceil(left), undefined, { signal });
  }
}

function toOutcome(level: Level, reason: unknown): Outcome {
  if (reason === undefined) return 'pass';
  if (reason instanceof Unsupported) return 'unsupported';
  if (reason instanceof Inconclusive) return 'inconclusive';
  if (reason instanceof Skipped) return 'skipped';
  return level === 'MUST' && !(reason instanceof Shortfall) ? 'fail' : 'warn';
}
