import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { CallEnd, CallObserver, ModelCall, ToolCall } from '../../run-observer.ts';
import type { RunEnd, RunFacts, RunMeasures, RunWatch, WatchedRun } from '../../runs/run-watch.ts';
import type { RunCall, RunRecord, RunState } from '../../store/run-record-store.ts';

export interface LiveRecordEvents {
  began(record: LiveRecord): void;
  changed(record: LiveRecord): void;
  ended(record: LiveRecord): void;
}

/** Collects the record of one run. Nothing is serialized before it is written. */
export class LiveRecord implements RunWatch {
  readonly facts: Readonly<RunFacts>;
  /** Unix milliseconds, like the other times. */
  readonly createdAt = Date.now();
  begunAt: number | undefined;
  firstOutputAt: number | undefined;
  endedAt: number | undefined;
  end: RunEnd | undefined;
  agent: string | undefined;
  modelCalls = 0;
  toolCalls = 0;
  /** Whether the store may have a record of the run, possibly an older one. */
  isStored = false;
  readonly #calls: RunCall[] = [];
  readonly #events: LiveRecordEvents;
  /** Holds the whole run, so an ended one lets go of it: the record waits for a flush. */
  #stop: WatchedRun['stop'] | undefined;

  constructor({ facts, stop }: WatchedRun, events: LiveRecordEvents) {
    this.facts = facts;
    this.#stop = stop;
    this.#events = events;
  }

  /** Whether its record may be dropped when too many runs end at once. */
  get isPlain(): boolean {
    return this.end?.outcome === 'completed' && !this.isStored && !this.facts.background && !this.facts.detached;
  }

  /** Stops the run, unless it has ended. */
  stop(error: ApiError): void {
    this.#stop?.(error);
  }

  began(): void {
    this.begunAt = Date.now();
    this.#events.began(this);
  }

  routed(agent: string): void {
    this.agent = agent;
  }

  modelCalled({ agent, model }: ModelCall): CallObserver {
    this.modelCalls += 1;
    this.agent ??= agent;
    return this.#observe({ kind: 'model', name: model, agent, startedAt: Date.now() });
  }

  toolCalled({ server, tool }: ToolCall): CallObserver {
    this.toolCalls += 1;
    return this.#observe({ kind: 'tool', name: tool, server, startedAt: Date.now() });
  }

  answered(): void {
    this.firstOutputAt = Date.now();
    this.#events.changed(this);
  }

  ended(end: RunEnd, { agent }: RunMeasures): void {
    this.endedAt = Date.now();
    this.#stop = undefined;
    this.end = end;
    this.agent ??= agent;
    this.#events.ended(this);
  }

  toRecord(server: string): RunRecord {
    const { facts, end } = this;
    return {
      id: facts.run,
      tenant: facts.tenant,
      server,
      state: this.#state,
      createdAt: this.createdAt,
      begunAt: this.begunAt,
      firstOutputAt: this.firstOutputAt,
      endedAt: this.endedAt,
      agent: this.agent,
      model: facts.model,
      isBackground: facts.background ?? false,
      isDetached: facts.detached ?? false,
      isCompaction: facts.compaction ?? false,
      requestId: facts.requestId,
      attempt: facts.attempt ?? 1,
      modelCalls: this.modelCalls,
      toolCalls: this.toolCalls,
      inputTokens: end?.inputTokens,
      outputTokens: end?.outputTokens,
      reason: end?.reason,
      errorCode: end?.error?.wireCode,
      errorMessage: end?.error && shorten(end.error.message),
      calls: this.#calls.map((call) => ({ ...call })),
    };
  }

  get #state(): RunState {
    return this.end?.outcome ?? (this.begunAt === undefined ? 'queued' : 'running');
  }

  #observe(call: RunCall): CallObserver {
    if (this.#calls.length < limits.runRecordCalls) this.#calls.push(call);
    this.#events.changed(this);
    return new CallRecord(call, () => this.#events.changed(this));
  }
}

class CallRecord implements CallObserver {
  readonly #call: RunCall;
  readonly #onChange: () => void;

  constructor(call: RunCall, onChange: () => void) {
    this.#call = call;
    this.#onChange = onChange;
  }

  answered(): void {
    this.#call.answeredAt ??= Date.now();
  }

  ended({ error, usage, isToolError }: CallEnd): void {
    this.#call.endedAt = Date.now();
    this.#call.inputTokens = usage?.inputTokens;
    this.#call.outputTokens = usage?.outputTokens;
    if (error !== undefined) this.#call.error = describe(error);
    if (isToolError) this.#call.isToolError = true;
    this.#onChange();
  }
}

/** An internal error may name hosts or paths: operators find it in the log. */
function describe(reason: unknown): string {
  const { wireCode, message } = ApiError.from(reason);
  return shorten(`${wireCode}: ${message}`);
}

const shorten = (text: string): string => text.slice(0, limits.runRecordMessageCharacters);
