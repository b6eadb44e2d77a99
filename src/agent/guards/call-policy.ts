import { ApiError } from '../../errors/api-error.ts';
import type { AgentEvent, AgentEventBatch, AgentRequest } from '../agent-client.ts';
import { mendToolName } from './mend-tool-name.ts';

const none: readonly string[] = [];

/** Decides which calls of one answer reach the client. */
export class CallPolicy {
  readonly #offered: ReadonlySet<string>;
  /** Whether a call of any other tool is suppressed. Otherwise the client answers it, and the model corrects itself. */
  readonly #isStrict: boolean;
  readonly #mustCall: boolean;
  readonly #maxCalls: number;
  /** The ids of suppressed calls. */
  readonly #suppressed = new Set<string>();
  /** The names of suppressed tools that have not been reported. */
  readonly #unreported = new Set<string>();
  #firstSuppressed: string | undefined;
  #calls = 0;
  /** Whether the run has produced text or a refusal. */
  #hasText = false;

  constructor({ tools, toolChoice, toolsRestricted, parallelToolCalls }: AgentRequest) {
    const isNamed = typeof toolChoice === 'object';
    this.#offered = new Set(isNamed ? [toolChoice.name] : tools.map((tool) => tool.name));
    this.#isStrict = isNamed || toolsRestricted === true;
    this.#mustCall = isNamed || toolChoice === 'required';
    this.#maxCalls = toolChoice === 'none' ? 0 : parallelToolCalls === false ? 1 : Number.POSITIVE_INFINITY;
  }

  /** Returns the admitted events: the batch itself when all are. Throws `upstream_error` for an answer without any. */
  admit(batch: AgentEventBatch): AgentEventBatch {
    if (batch.every((event) => this.#isUnrestricted(event))) return batch;
    return batch.flatMap((event) => this.#toAdmitted(event) ?? []);
  }

  /** Returns the names of the tools whose calls were suppressed since the last call. */
  takeSuppressed(): readonly string[] {
    if (this.#unreported.size === 0) return none;
    const names = [...this.#unreported];
    this.#unreported.clear();
    return names;
  }

  /** Whether an event passes whatever the policy is, as most do. */
  #isUnrestricted(event: AgentEvent): boolean {
    if (event.type === 'text-delta' || event.type === 'refusal-delta') {
      this.#hasText = true;
      return true;
    }
    if (event.type === 'provider-data') return event.callId === undefined;
    return !event.type.startsWith('tool-call-') && event.type !== 'run-end';
  }

  #toAdmitted(event: AgentEvent): AgentEvent | undefined {
    switch (event.type) {
      case 'tool-call-start':
        return event.agentRuns ? event : this.#toCall(event);
      case 'tool-call-delta':
      case 'tool-call-end':
        return this.#suppressed.has(event.callId) ? undefined : event;
      case 'provider-data':
        return event.callId !== undefined && this.#suppressed.has(event.callId) ? undefined : event;
      case 'run-end':
        if (event.reason === 'stop' || event.reason === 'tool-calls') this.#assertAnswered();
        return event;
      case 'text-delta':
      case 'refusal-delta':
        this.#hasText = true;
        return event;
      default:
        return event;
    }
  }

  #assertAnswered(): void {
    if (this.#calls > 0) return;
    const called = this.#firstSuppressed === undefined ? '' : ` It called '${this.#firstSuppressed}'.`;
    if (this.#mustCall) {
      const message = `The agent did not call a tool although tool_choice requires it.${called}`;
      throw new ApiError('upstream_error', message);
    }
    if (called !== '' && !this.#hasText) {
      const reason = `The agent called only tools that the request does not allow.${called}`;
      throw new ApiError('upstream_error', reason);
    }
  }

  #toCall(event: Extract<AgentEvent, { type: 'tool-call-start' }>): AgentEvent | undefined {
    const name = this.#offered.has(event.name) ? event.name : mendToolName(event.name, this.#offered);
    if (this.#calls >= this.#maxCalls || (name === undefined && this.#isStrict)) {
      this.#suppress(event.callId, event.name);
      return undefined;
    }
    this.#calls += 1;
    return name === undefined || name === event.name ? event : { ...event, name };
  }

  #suppress(callId: string, name: string): void {
    const quoted = name.slice(0, quotedCharacters).toWellFormed();
    this.#suppressed.add(callId);
    this.#unreported.add(quoted);
    this.#firstSuppressed ??= quoted;
  }
}

/** Longest name that a message or the log quotes. Prevents an upstream from filling them. */
const quotedCharacters = 64;
