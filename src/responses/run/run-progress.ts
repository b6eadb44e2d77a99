import type { AgentEventBatch } from '../../agent/agent-client.ts';
import type { KeptState } from '../events/kept-state.ts';
import type { LoggedStep } from './past-events.ts';

/** What another server could take up of a run in progress. */
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
      if (event.type === 'step') {
        steps.push(event.step);
        this.isResumable = true;
      } else if (event.type === 'tool-call-start') this.isResumable = false;
      // The tool loop names its items by their ids. Others are an agent's own.
      else if (event.type === 'item-start' && event.item['id'] !== event.key) this.isResumable = false;
    }
    const [first] = steps;
    if (!first) return steps;
    this.hasSteps = true;
    const kept = this.#kept.takeUnwritten();
    return kept ? [{ ...first, kept }, ...steps.slice(1)] : steps;
  }
}
