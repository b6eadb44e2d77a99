import { limits } from '../../config/limits.ts';
import type { AgentPart } from '../agent-client.ts';

/** The questions that a server asked while one call ran. */
export interface Asked extends Disposable {
  readonly messages: readonly string[];
  /** Returns a note about them for the model. */
  toPart(): AgentPart;
}

/**
 * Declines what servers ask of the user during a call: no user is there to answer. The calls that run meanwhile learn of
 * it, so that the model knows why a tool stopped.
 */
export class Questions {
  readonly #running = new Set<string[]>();

  decline(message: string): { action: 'decline' } {
    for (const messages of this.#running) messages.push(message.slice(0, limits.mcpReasonCharacters));
    return { action: 'decline' };
  }

  listen(): Asked {
    const messages: string[] = [];
    this.#running.add(messages);
    return {
      messages,
      toPart: () => ({
        type: 'text',
        text: `[The tool asked for input, which was declined automatically: ${messages.join(' / ')}]`,
      }),
      [Symbol.dispose]: () => void this.#running.delete(messages),
    };
  }
}
