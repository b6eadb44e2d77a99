import { ApiError } from '../errors/api-error.ts';
import type { Log } from '../log.ts';
import type { RunId } from '../store/run-store.ts';

export type RunOutcome = 'completed' | 'incomplete' | 'failed' | 'cancelled';

/** How a run ended. */
export interface RunEnd {
  outcome: RunOutcome;
  /** Why it is incomplete. */
  reason?: string | undefined;
  /** Why it failed or was cancelled. */
  error?: ApiError | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
}

/** The facts of a run that are known when it starts. */
export interface RunFacts {
  /** The id of the response or the chat completion. */
  run: RunId;
  tenant: string;
  /** Of the request that started it, where there is one. */
  requestId?: string | undefined;
  model?: string | undefined;
  /** Answers of one chat completion, when there are several. */
  choices?: number | undefined;
  background?: true | undefined;
  /** Whether it goes on when its reader leaves. */
  detached?: true | undefined;
  /** Which execution of the run this is, when it is not the first. */
  attempt?: number | undefined;
  /** Whether this server ended a run that another one began. */
  recovered?: true | undefined;
  /** Whether it is a request for a compaction alone. */
  compaction?: true | undefined;
}

interface Times {
  /** The configured name of the agent, when there are several. */
  agent?: string | undefined;
  milliseconds?: number;
  firstTokenMs?: number | undefined;
}

/** Writes the one line of a run that has ended. */
export type RunLog = (facts: RunFacts, end: RunEnd, times?: Times) => void;

/** Failures of the server or the agent are errors; those that the client can mend are warnings. */
export function createRunLog(log: Pick<Log, 'child' | 'warn' | 'error'>): RunLog {
  // Looking for secrets costs more than the rest of the line, whose fields can hold none. The reason of a failure can.
  const plain = log.child({}, { redact: [] });
  return (facts, end, times) => {
    const { outcome, error } = end;
    const line = toLine(facts, end, times);
    if (outcome !== 'failed' || !error) return plain.info(line, 'run ended');
    log[error.isServerError ? 'error' : 'warn']({ ...line, err: error.cause ?? error }, 'run ended');
    error.isLogged = true;
  };
}

/** Each field by its name: every run writes this line, and objects of one shape are written fastest. */
const toLine = (facts: RunFacts, end: RunEnd, times: Times | undefined) => ({
  run: facts.run,
  requestId: facts.requestId,
  tenant: facts.tenant,
  agent: times?.agent,
  model: facts.model,
  outcome: end.outcome,
  reason: end.reason,
  code: end.error?.wireCode,
  inputTokens: end.inputTokens,
  outputTokens: end.outputTokens,
  milliseconds: times?.milliseconds,
  firstTokenMs: times?.firstTokenMs,
  choices: facts.choices,
  background: facts.background,
  detached: facts.detached,
  attempt: facts.attempt,
  recovered: facts.recovered,
  compaction: facts.compaction,
});

/** Measures one run and reports its end, once. */
export class RunReport {
  /** Set when the run is routed to one of several agents. */
  readonly onRoute = (agent: string): void => {
    this.#agent = agent;
  };
  readonly #log: RunLog;
  readonly #facts: RunFacts;
  readonly #started = performance.now();
  #agent: string | undefined;
  #firstAt: number | undefined;
  #isOver = false;

  constructor(log: RunLog, facts: RunFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  /** The agent has produced output. Only the first call counts. */
  noteOutput(): void {
    this.#firstAt ??= performance.now();
  }

  end(end: RunEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#log(this.#facts, end, {
      agent: this.#agent,
      milliseconds: this.#since(performance.now()),
      firstTokenMs: this.#firstAt === undefined ? undefined : this.#since(this.#firstAt),
    });
  }

  /** Reports a run that ends with this reason, and returns it as an error. */
  fail(reason: unknown): ApiError {
    const error = ApiError.from(reason);
    this.end({ outcome: error.code === 'request_cancelled' ? 'cancelled' : 'failed', error });
    return error;
  }

  #since(time: number): number {
    return Math.round((time - this.#started) * 10) / 10;
  }
}
