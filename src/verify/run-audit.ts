import type { Audit } from './audit.ts';
import { Failure, Inconclusive, Skipped, Unsupported } from './outcomes.ts';
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
  if (reason instanceof Inconclusive) {
    session = new Session(shared);
    reason = await attempt(audit, session);
  }
  const outcome = toOutcome(audit, reason);
  const result: Result = {
    id: audit.id,
    area: audit.id.split('.', 1)[0] ?? '',
    title: audit.title,
    level: audit.level,
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
  if (session.evidence && outcome !== 'skipped') result.evidence = toEvidence(session.evidence, redact, failure);
  return result;
}

/** Returns what the audit threw; `undefined` when it passed. */
async function attempt(audit: Audit, session: Session): Promise<unknown> {
  const milliseconds = exchangesPerAudit * session.target.timeoutMs;
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Failure(`the audit did not finish within ${milliseconds / 1000} s`)),
    milliseconds,
  );
  try {
    await Promise.race([audit.run(session), promise]);
    return undefined;
  } catch (reason) {
    return reason ?? new Error('nothing was thrown');
  } finally {
    clearTimeout(timer);
  }
}

function toOutcome({ level }: Audit, reason: unknown): Outcome {
  if (reason === undefined) return 'pass';
  if (reason instanceof Unsupported) return 'unsupported';
  if (reason instanceof Inconclusive) return 'inconclusive';
  if (reason instanceof Skipped) return 'skipped';
  return level === 'MUST' ? 'fail' : 'warn';
}
