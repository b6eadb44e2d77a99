import type { ToldResponse } from './told-response.ts';

/** A conversation that one client at a time uses. */
export interface ToldConversation {
  id: string;
  /** The responses that were told to be turns of it. */
  turns: ToldResponse[];
}

/** Turns after which a chain or a conversation is left to the last check. */
export const longestChain = 12;

/** All that clients know, and what they counted. */
export class Ledger {
  readonly told = new Map<string, ToldResponse>();
  /** Those whose end was told and checked. */
  readonly settled: ToldResponse[] = [];
  /** Settled ones that nothing continues yet. */
  readonly leaves = new Set<ToldResponse>();
  readonly conversations: ToldConversation[] = [];
  readonly freeConversations: ToldConversation[] = [];
  readonly counts = {
    requests: 0,
    cutOff: 0,
    events: 0,
    streamsResumed: 0,
    keysRepeated: 0,
    conversationsLocked: 0,
    looksAfterRestart: 0,
    longestEndMs: 0,
    /** From the last trouble to the answer to a key. */
    longestKeyMs: 0,
  };
  #texts = 0;

  /** A text for an input that no other has. */
  nextText(): string {
    return `question ${++this.#texts}`;
  }

  settle(told: ToldResponse): void {
    this.settled.push(told);
    if (!told.inConversation) this.leaves.add(told);
  }

  /** A response to continue, which is then no leaf; `undefined` where there is none. */
  takeLeaf(random: (below: number) => number): ToldResponse | undefined {
    const leaves = [...this.leaves].filter(({ depth }) => depth < longestChain);
    const leaf = leaves[random(Math.max(leaves.length, 1))];
    // Now and then it stays, and another turn forks the chain.
    if (leaf && random(5) > 0) this.leaves.delete(leaf);
    return leaf;
  }
}
