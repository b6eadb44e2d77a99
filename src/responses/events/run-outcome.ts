import type { AgentEndReason, AgentEvent, AgentUsage } from '../../agent/agent-client.ts';
import { addUsage, noUsage } from '../../agent/usage/add-usage.ts';
import { toIncompleteReason } from './to-incomplete-reason.ts';

type OutcomeEvent = Extract<AgentEvent, { type: 'step' | 'usage' | 'run-end' }>;

/** What the agent has reported about a run as a whole. */
export class RunOutcome {
  /** Its own token counts. Those of single replies add up, for a run that ends before it reports the total. */
  usage: AgentUsage | undefined;
  endReason: AgentEndReason | undefined;
  /** The agent's own words for the reason. */
  #detail: string | undefined;

  note(event: OutcomeEvent): void {
    if (event.type === 'usage') this.usage = event.usage;
    else if (event.type === 'run-end') {
      this.endReason = event.reason;
      this.#detail = event.detail;
    } else if (event.step.type === 'reply-finished' && event.step.usage) {
      this.usage = addUsage(this.usage ?? noUsage, event.step.usage);
    }
  }

  /** Why the response is incomplete; `undefined` for a complete one. */
  get incompleteReason(): string | undefined {
    return toIncompleteReason(this.endReason, this.#detail);
  }
}
