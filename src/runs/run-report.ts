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

/** Facts of a run that are known at its start. */
export interface RunFacts {
  /** The id of the response or the chat completion. */
  run: RunId;
  tenant: string;
  /** Of the request that started the run, if any. */
  requestId?: string | undefined;
  model?: string | undefined;
  /** Number of choices of a chat completion, when there are several. */
  choices?: number | undefined;
  background?: true | undefined;
  /** Whether it continues without a reader. */
  detached?: true | undefined;
  /** Number of this execution of the run, from 1. Omitted for the first. */
  attempt?: number | undefined;
  /** Whether this server ended a run that another server began. */
  recovered?: true | undefined;
  /** Whether only a compaction was requested. */
  compaction?: true | undefined;
}

interface Times {
  /** The configured name of the agent, when several are configured. */
  agent?: string | undefined;
  milliseconds?: number;
  firstTokenMs?: number | undefined;
  /** Replies of the model and its calls of server-side tools, if there are such calls. */
  iterations?: number | undefined;
  toolCalls?: number | undefined;
}

export interface SessionHeader {
  name: string;
  value: string;
}

/** Writes the log line of an ended run. */
export type ReportRun = (facts: RunFacts, end: RunEnd, times?: Times) => void;

/** Returns a function that logs failures of the server or the agent as errors, and failures of the client as warnings. */
export function createReportRun(log: Pick<Log, 'child' | 'warn' | 'error'>): ReportRun {
  // Redaction costs more than the rest of the line. Only the reason of a failure can hold a secret.
  const plain = log.child({}, { redact: [] });
  return (facts, end, times) => {
    const { outcome, error } = end;
    const line = toLine(facts, end, times);
    if (outcome !== 'failed' || !error) return plain.info(line, 'run ended');
    log[error.isServerError ? 'error' : 'warn']({ ...line, err: error.cause ?? error }, 'run ended');
    error.isLogged = true;
  };
}

/** Names each field: every run writes this line, and objects of one shape are serialised fastest. */
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
  iterations: times?.iterations,
  toolCalls: times?.toolCalls,
  choices: facts.choices,
  background: facts.background,
  detached: facts.detached,
  attempt: facts.attempt,
  recovered: facts.recovered,
  compaction: facts.compaction,
});

/** Measures one run and reports its end once. */
export class RunReport {
  /** Records which of several agents the run was routed to. */
  readonly onRoute = (agent: string): void => {
    this.#agent = agent;
  };
  /** Records the session header of the agent's answer. */
  readonly onSession = (header: SessionHeader): void => {
    this.session = header;
  };
  /** Counts a reply of the model, and its calls of server-side tools. */
  readonly onReply = (toolCalls: number): void => {
    this.#iterations += 1;
    this.toolCalls += toolCalls;
  };
  /** Number of calls of server-side tools that the model has asked for. */
  toolCalls = 0;
  /** The session header of the agent's answer, once it has answered with one. */
  session: SessionHeader | undefined;
  readonly #write: ReportRun;
  readonly #facts: RunFacts;
  readonly #started = performance.now();
  #agent: string | undefined;
  #iterations = 0;
  #firstAt: number | undefined;
  #isOver = false;

  constructor(write: ReportRun, facts: RunFacts) {
    this.#write = write;
    this.#facts = facts;
  }

  /** Records the time of the first output. Later calls do nothing. */
  noteOutput(): void {
    this.#firstAt ??= performance.now();
  }

  end(end: RunEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#write(this.#facts, end, {
      agent: this.#agent,
      milliseconds: this.#since(performance.now()),
      firstTokenMs: this.#firstAt === undefined ? undefined : this.#since(this.#firstAt),
      ...(this.toolCalls > 0 ? { iterations: this.#iterations, toolCalls: this.toolCalls } : {}),
    });
  }

  /** Reports that the run ended with this reason. Returns the reason as an error. */
  fail(reason: unknown): ApiError {
    const error = ApiError.from(reason);
    this.end({ outcome: error.code === 'request_cancelled' ? 'cancelled' : 'failed', error });
    return error;
  }

  #since(time: number): number {
    return Math.round((time - this.#started) * 10) / 10;
  }
}
