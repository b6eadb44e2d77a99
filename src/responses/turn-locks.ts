import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';

/** One turn at a time on each conversation: a second would answer without the first, and their items would mix. */
export class TurnLocks {
  readonly #held = new Set<string>();

  /** Throws `conversation_locked` while another turn is running. Dispose when the turn is over. */
  acquire(tenant: string, conversationId: string): Disposable {
    const key = `${tenant} ${conversationId}`;
    if (this.#held.has(key)) {
      const message = 'Another turn of this conversation is still running: wait for it to end, then try again.';
      throw new ApiError('conversation_locked', message, { param: 'conversation' });
    }
    this.#held.add(key);
    return { [Symbol.dispose]: () => this.#held.delete(key) };
  }
}

/** Locks the conversation that a request names, if it names one. Throws `conversation_locked`. */
export function lockConversation(
  { conversation }: Pick<Schemas['CreateResponseRequest'], 'conversation'>,
  locks: TurnLocks,
  tenant: string,
): Disposable | undefined {
  if (!conversation) return undefined;
  return locks.acquire(tenant, typeof conversation === 'string' ? conversation : conversation.id);
}
