import type { Audit } from './audit.ts';
import { findTarget, type VerifySettings } from './find-target.ts';
import { ToolServer } from './mcp/tool-server.ts';
import { Skipped } from './outcomes.ts';
import { Pacer } from './pacer.ts';
import { createRedactor } from './redact.ts';
import type { ReplyChecks } from './reply-check.ts';
import { countOutcomes, type Report, type Result } from './report/report.ts';
import { runAudit } from './run-audit.ts';
import { Session, type Shared } from './session.ts';
import { verifyLimits } from './verify-limits.ts';

export interface VerifyOptions {
  audits: readonly Audit[];
  check: ReplyChecks;
  /** Concurrent audits. */
  parallel?: number;
  /** Requests per second; unlimited when omitted. */
  rate?: number;
  /** Called after each audit. */
  onResult?: (result: Result, done: number) => void;
  /** Stops the run: remaining audits are skipped. */
  signal?: AbortSignal;
}

/** Runs audits against a server. Rejects with an UnreachableError when nothing answers. */
export async function verify(settings: VerifySettings, options: VerifyOptions): Promise<Report> {
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const pacer = new Pacer(options.rate);
  const target = await findTarget(settings, pacer);
  await using toolServer = new ToolServer();
  const redact = createRedactor([
    settings.key ?? '',
    settings.otherKey ?? '',
    settings.url.password,
    ...Object.values(settings.headers ?? {}),
  ]);
  const shared: Shared = {
    target,
    checks: options.check,
    pacer,
    samples: new Map(),
    unanswered: new Map(),
    leftovers: new Set(),
    toolServer,
  };
  const results = await runAll(options, (audit) =>
    options.signal?.aborted ? runAudit({ ...audit, run: skip }, shared, redact) : runAudit(audit, shared, redact),
  );
  await clearAway(shared);
  return {
    version: 1,
    url: redact(target.base),
    model: redact(target.model),
    contract: options.check.binding,
    startedAt,
    milliseconds: Math.round(performance.now() - started),
    totals: countOutcomes(results),
    results,
  };
}

async function skip(): Promise<void> {
  throw new Skipped('the run was stopped');
}

/** Runs a few audits at a time. Returns the results in the order of the audits. */
async function runAll(
  { audits, onResult, parallel = verifyLimits.audits }: VerifyOptions,
  run: (audit: Audit) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = audits.entries();
  let done = 0;
  const work = async () => {
    for (const [index, audit] of waiting) {
      const result = await run(audit);
      results[index] = result;
      done += 1;
      onResult?.(result, done);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return results;
}

/** Deletes what the audits created. Gives up after a few refusals. */
async function clearAway(shared: Shared): Promise<void> {
  const session = new Session(shared);
  let refusals = 0;
  for (const path of shared.leftovers) {
    const status = await session.send('DELETE', path).then(
      (reply) => reply.status,
      () => 0,
    );
    // An audit may have deleted it already, hence a 404.
    refusals = status === 200 || status === 404 ? 0 : refusals + 1;
    if (refusals > verifyLimits.unanswered) return;
  }
}
