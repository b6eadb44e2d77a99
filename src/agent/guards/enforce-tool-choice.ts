import { MappedFlow } from '../../flow/mapped-flow.ts';
import type { AgentClient, AgentEventBatch } from '../agent-client.ts';
import { CallPolicy } from './call-policy.ts';

/** The log of suppressed calls, for the operator. */
interface CallLog {
  warn(details: object, message: string): void;
}

/**
 * Wraps an agent so that it respects the tools and the tool choice of a request. A call that is not allowed is
 * suppressed (Open Responses N42, N44, N45). One of a tool that was not offered passes, unless the choice forbids it: the
 * client answers it, and the model corrects itself. A run fails if it makes no call although one is required (N41, L3),
 * or if all its output was suppressed. Calls that the agent runs itself are not restricted.
 */
export function enforceToolChoice(agent: AgentClient, log?: CallLog): AgentClient {
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      const batches = await agent.run(request, options);
      // Most requests have neither tools nor a choice. Their streams skip this step.
      const isFree = request.tools.length === 0 && request.toolChoice === 'auto' && !request.toolsRestricted;
      return isFree ? batches : new EnforcedAnswer(new CallPolicy(request), batches, log);
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

/** Passes on what the policy admits. */
class EnforcedAnswer extends MappedFlow<AgentEventBatch, AgentEventBatch> {
  readonly #policy: CallPolicy;
  readonly #log: CallLog | undefined;

  constructor(policy: CallPolicy, batches: AsyncIterable<AgentEventBatch>, log: CallLog | undefined) {
    super(batches);
    this.#policy = policy;
    this.#log = log;
  }

  protected override map(batch: AgentEventBatch): AgentEventBatch | undefined {
    try {
      const admitted = this.#policy.admit(batch);
      return admitted.length > 0 ? admitted : undefined;
    } finally {
      this.#reportSuppressed();
    }
  }

  #reportSuppressed(): void {
    const tools = this.#policy.takeSuppressed();
    if (tools.length > 0) this.#log?.warn({ tools }, 'suppressed tool calls that the request does not allow');
  }
}
