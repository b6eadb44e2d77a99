import { limits } from '../config/limits.ts';
import type { AgentClient, AgentModel } from './agent-client.ts';

export interface KnownModelsOptions {
  agent: Pick<AgentClient, 'models'>;
  /** Told each time the agent could not be asked. */
  onFailure: (error: unknown) => void;
  /** How long it is then left alone. */
  retryMs?: number;
}

/**
 * The models of one agent among several. One that can't be asked has those it had, and is left alone for a while: nobody
 * who wants another agent may have to wait for it.
 */
export class KnownModels {
  readonly #options: KnownModelsOptions;
  #last: AgentModel[] | undefined;
  #failure: { error: unknown; until: number } | undefined;

  constructor(options: KnownModelsOptions) {
    this.#options = options;
  }

  /** Rejects when the agent can't be asked and never could. */
  async read(signal: AbortSignal): Promise<AgentModel[]> {
    if (!this.#failure || performance.now() >= this.#failure.until) await this.#ask(signal);
    if (this.#last) return this.#last;
    throw this.#failure?.error;
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      this.#last = await this.#options.agent.models({ signal });
      this.#failure = undefined;
    } catch (error) {
      // Whoever asked has gone: that says nothing of the agent.
      if (signal.aborted) throw error;
      this.#options.onFailure(error);
      this.#failure = { error, until: performance.now() + (this.#options.retryMs ?? limits.agentModelsRetryMs) };
    }
  }
}
