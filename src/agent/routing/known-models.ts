import { limits } from '../../config/limits.ts';
import type { AgentClient, AgentModel } from '../agent-client.ts';

export interface KnownModelsOptions {
  agent: Pick<AgentClient, 'models'>;
  /** Called each time the list could not be read. */
  onFailure: (error: unknown) => void;
  /** Milliseconds between a failure and the next attempt. */
  retryMs?: number;
}

/**
 * Lists the models of one agent among several. After a failure it returns the last known list and does not query the
 * agent for a while, so that requests for other agents do not wait for it.
 */
export class KnownModels {
  readonly #options: KnownModelsOptions;
  #last: AgentModel[] | undefined;
  #failure: { error: unknown; until: number } | undefined;

  constructor(options: KnownModelsOptions) {
    this.#options = options;
  }

  /** Rejects when the list cannot be read and none is known. */
  async read(signal: AbortSignal): Promise<AgentModel[]> {
    if (!this.#failure || performance.now() >= this.#failure.until) await this.#refresh(signal);
    if (this.#last) return this.#last;
    throw this.#failure?.error;
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    try {
      this.#last = await this.#options.agent.models({ signal });
      this.#failure = undefined;
    } catch (error) {
      // The caller cancelled. The agent may be healthy.
      if (signal.aborted) throw error;
      this.#options.onFailure(error);
      this.#failure = { error, until: performance.now() + (this.#options.retryMs ?? limits.agentModelsRetryMs) };
    }
  }
}
