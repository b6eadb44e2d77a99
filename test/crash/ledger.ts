import type { ObservedResponse } from './observed-response.ts';

/** A conversation that one client at a time uses. */
export interface ObservedConversation {
  id: string;
  /** The responses that were observed to be turns of it. */
  turns: ObservedResponse[];
}

/** Turns after which a chain or a conversation is not continued until the last check. */
export const longestChain = 12;

/** Everything that clients observed and counted. */
export class Ledger {
  readonly observed = new Map<string, ObservedResponse>();
  /** Responses whose end was observed and checked. */
  readonly settled: ObservedResponse[] = [];
  /** Settled responses that nothing continues yet. */
  readonly leaves = new Set<ObservedResponse>();
  readonly conversations: ObservedConversation[] = [];
  readonly freeConversations: ObservedConversation[] = [];
  readonly counts = {
    requests: 0,
    cutOff: 0,
    events: 0,
    streamsResumed: 0,
    keysRepeated: 0,
    conversationsLocked: 0,
    looksAfterRestart: 0,
    longestEndMs: 0,
    /** Milliseconds from the last outage to the reply to a key. */
    longestKeyMs: 0,
  };
  #texts = 0;

  /** Returns a unique text for an input. */
  nextText(): string {
    return `question ${++this.#texts}`;
  }

  settle(observed: ObservedResponse): void {
    this.settled.push(observed);
    if (!observed.inConversation) this.leaves.add(observed);
  }

  /** Takes a response to continue out of the leaves; `undefined`: there is none. */
  takeLeaf(random: (below: number) => number): ObservedResponse | undefined {
    const leaves = [...this.leaves].filter(({ depth }) => depth < longestChain);
    const leaf = leaves[random(Math.max(leaves.length, 1))];
    // Sometimes it stays, so that another turn forks the chain.
    if (leaf && random(5) > 0) this.leaves.delete(leaf);
    return leaf;
  }
}
