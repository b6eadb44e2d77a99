import type { AgentEvent, AgentEventBatch } from '../../agent/agent-client.ts';
import type { KeptState } from '../events/kept-state.ts';
import type { LoggedStep } from './past-run.ts';

/** Whether and from where another server could resume a run in progress. */
export class RunProgress {
  readonly #kept: KeptState;
  hasSteps = false;
  /** Whether the reply in progress can be asked for again: the agent has begun no tools of its own in it. */
  isResumable = true;

  constructor(kept: KeptState) {
    this.#kept = kept;
  }

  /** Returns the steps of a batch as the journal has them: the first one with the kept fields that it lacks. */
  toSteps(batch: AgentEventBatch): readonly LoggedStep[] {
    const steps: LoggedStep[] = [];
    for (const event of batch) {
      if (event.type === 'step') steps.push(event.step);
      else if (isOwnTool(event)) this.isResumable = false;
    }
    // The reply is whole: it is not asked for again. A steer may arrive within a reply.
    if (steps.some(({ type }) => type !== 'steer-accepted')) this.isResumable = true;
    const [first] = steps;
    if (!first) return steps;
    this.hasSteps = true;
    const kept = this.#kept.takeUnwritten();
    return kept ? [{ ...first, kept }, ...steps.slice(1)] : steps;
  }
}

/** Whether an event begins a tool of the agent's own. The tool loop names its items by their ids, an agent does not. */
function isOwnTool(event: AgentEvent): boolean {
  return event.type === 'tool-call-start' || (event.type === 'item-start' && event.item['id'] !== event.key);
}
