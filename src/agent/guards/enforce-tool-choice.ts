import { ApiError } from '../../errors/api-error.ts';
import type { AgentClient, AgentEvent, AgentEventBatch, AgentRequest } from '../agent-client.ts';

/**
 * Wraps an agent so that it respects the tools and the tool choice of a request. A call that is not allowed is
 * suppressed (Open Responses N42, N44, N45). A run fails if it makes no call although one is required (N41, L3), or if
 * all its output was suppressed. Calls that the agent runs itself are not restricted.
 */
export function enforceToolChoice(agent: AgentClient): AgentClient {
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      const batches = await agent.run(request, options);
      // Most requests have neither tools nor a choice. Their streams skip this step.
      return request.tools.length > 0 || request.toolChoice !== 'auto' ? enforce(request, batches) : batches;
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

async function* enforce(
  request: AgentRequest,
  batches: AsyncIterable<AgentEventBatch>,
): AsyncGenerator<AgentEventBatch> {
  const policy = new CallPolicy(request);
  for await (const batch of batches) {
    const allowed = batch.every((event) => policy.isUnrestricted(event))
      ? batch
      : batch.filter((event) => policy.admits(event));
    if (allowed.length > 0) yield allowed;
  }
}

class CallPolicy {
  readonly #names: ReadonlySet<string>;
  readonly #mustCall: boolean;
  readonly #maxCalls: number;
  readonly #suppressed = new Set<string>();
  #calls = 0;
  /** Whether the run has produced text or a refusal. */
  #hasText = false;

  constructor({ tools, toolChoice, parallelToolCalls }: AgentRequest) {
    const isNamed = typeof toolChoice === 'object';
    this.#names = new Set(isNamed ? [toolChoice.name] : tools.map((tool) => tool.name));
    this.#mustCall = isNamed || toolChoice === 'required';
    this.#maxCalls = toolChoice === 'none' ? 0 : parallelToolCalls === false ? 1 : Number.POSITIVE_INFINITY;
  }

  /** Whether an event passes whatever the policy is, as most do. */
  isUnrestricted(event: AgentEvent): boolean {
    if (event.type === 'text-delta' || event.type === 'refusal-delta') {
      this.#hasText = true;
      return true;
    }
    return !event.type.startsWith('tool-call-') && event.type !== 'run-end';
  }

  admits(event: AgentEvent): boolean {
    switch (event.type) {
      case 'tool-call-start':
        return event.agentRuns === true || this.#admitsCall(event.callId, event.name);
      case 'tool-call-delta':
      case 'tool-call-end':
        return !this.#suppressed.has(event.callId);
      case 'run-end':
        if (event.reason === 'stop' || event.reason === 'tool-calls') this.#assertAnswered();
        return true;
      case 'text-delta':
      case 'refusal-delta':
        this.#hasText = true;
        return true;
      default:
        return true;
    }
  }

  #assertAnswered(): void {
    if (this.#calls > 0) return;
    if (this.#mustCall) {
      throw new ApiError('upstream_error', 'The agent did not call a tool although tool_choice requires it.');
    }
    if (this.#suppressed.size > 0 && !this.#hasText) {
      throw new ApiError('upstream_error', 'The agent called only tools that the request does not allow.');
    }
  }

  #admitsCall(callId: string, name: string): boolean {
    if (!this.#names.has(name) || this.#calls >= this.#maxCalls) {
      this.#suppressed.add(callId);
      return false;
    }
    this.#calls += 1;
    return true;
  }
}
