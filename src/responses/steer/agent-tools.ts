import type { AgentEventBatch } from '../../agent/agent-client.ts';

/** The tools that the agent runs itself, as far as its events show. */
export class AgentTools {
  readonly #running = new Set<string>();
  /** Whether the last event was the result of the last running tool: nothing is in progress. */
  haveEnded = false;

  note(batch: AgentEventBatch): void {
    for (const event of batch) {
      if (event.type === 'tool-call-start' && event.agentRuns) this.#running.add(event.callId);
      if (event.type === 'item-start') this.#running.add(event.key);
      if (event.type === 'item-end') this.#running.delete(event.key);
      if (event.type === 'tool-result') this.#running.delete(event.callId);
      this.haveEnded = event.type === 'tool-result' && this.#running.size === 0;
    }
  }
}
