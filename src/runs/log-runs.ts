import type { Log } from '../log.ts';
import type { RunEnd, RunFacts, RunMeasures, WatchRun } from './run-watch.ts';

/** Logs the end of each run: failures of the server or the agent as errors, and failures of the client as warnings. */
export function logRuns(log: Pick<Log, 'child' | 'warn' | 'error'>): WatchRun {
  // Redaction costs more than the rest of the line. Only the reason of a failure can hold a secret.
  const plain = log.child({}, { redact: [] });
  return ({ facts }) => ({
    ended(end, measures) {
      const { outcome, error } = end;
      const line = toLine(facts, end, measures);
      if (outcome !== 'failed' || !error) return plain.info(line, 'run ended');
      log[error.isServerError ? 'error' : 'warn']({ ...line, err: error.cause ?? error }, 'run ended');
      error.isLogged = true;
    },
  });
}

/** Names each field: every run writes this line, and objects of one shape are serialised fastest. */
const toLine = (facts: RunFacts, end: RunEnd, measures: RunMeasures) => ({
  run: facts.run,
  requestId: facts.requestId,
  tenant: facts.tenant,
  agent: measures.agent,
  model: facts.model,
  outcome: end.outcome,
  reason: end.reason,
  code: end.error?.wireCode,
  inputTokens: end.inputTokens,
  outputTokens: end.outputTokens,
  milliseconds: measures.milliseconds,
  firstTokenMs: measures.firstTokenMs,
  iterations: measures.iterations,
  toolCalls: measures.toolCalls,
  choices: facts.choices,
  background: facts.background,
  detached: facts.detached,
  attempt: facts.attempt,
  recovered: facts.recovered,
  compaction: facts.compaction,
});
