import { MappedFlow } from '../../flow/mapped-flow.ts';
import type { AgentEvent, AgentEventBatch } from '../agent-client.ts';

type TextDelta = Extract<AgentEvent, { type: 'text-delta' }>;

/** The longest name of a language behind the opening of a fence. Prevents a long line from being held back. */
const maxName = 16;
/** The most that is held back at the end. Prevents a flood of white space from being scanned again and again. */
const maxClosing = 64;
const mark = '```';

/**
 * Removes the Markdown fence around a text, with white space before it: models write JSON that way even where it is
 * required alone. Only what may belong to the fence is held back.
 */
export function stripFence(batches: AsyncIterable<AgentEventBatch>): AsyncIterable<AgentEventBatch> {
  return new UnfencedAnswer(batches);
}

class UnfencedAnswer extends MappedFlow<AgentEventBatch, AgentEventBatch> {
  #fence = new Fence();

  protected override map(batch: AgentEventBatch): AgentEventBatch | undefined {
    const events: AgentEvent[] = [];
    for (const event of batch) {
      if (event.type === 'text-start') this.#fence = new Fence();
      if (event.type === 'text-end') events.push(...this.#fence.end());
      if (event.type === 'text-delta') events.push(...this.#fence.read(event));
      else events.push(event);
    }
    return events.length > 0 ? events : undefined;
  }
}

/** The fence of one text. */
class Fence {
  #stage: 'start' | 'inside' | 'none' = 'start';
  #held = '';

  read(delta: TextDelta): AgentEvent[] {
    if (this.#stage === 'none') return [delta];
    this.#held += delta.text;
    if (this.#stage === 'start') this.#stage = this.#open();
    switch (this.#stage) {
      case 'start':
        return [];
      case 'none':
        return toDelta(this.#release(0), delta);
      case 'inside':
        // The closing is the last of the text.
        return toDelta(this.#release(toClosingLength(this.#held)));
    }
  }

  end(): AgentEvent[] {
    const isClosing = this.#stage === 'inside' && this.#held.trim() === mark;
    return isClosing ? [] : toDelta(this.#release(0));
  }

  /** Decides whether the text begins with a fence, as soon as it can be known. */
  #open(): 'start' | 'inside' | 'none' {
    this.#held = this.#held.trimStart();
    const opening = /^```[\w+-]*[ \t]*\r?\n/.exec(this.#held)?.[0];
    if (opening === undefined) return mayOpen(this.#held) ? 'start' : 'none';
    this.#held = this.#held.slice(opening.length);
    return 'inside';
  }

  /** Returns the text held back, except for so many characters at its end. */
  #release(kept: number): string {
    const cut = this.#held.length - kept;
    const text = this.#held.slice(0, cut);
    this.#held = this.#held.slice(cut);
    return text;
  }
}

/** Returns the length of what may be a closing at the end of a text: white space, backticks, white space. */
function toClosingLength(text: string): number {
  const trimmed = text.trimEnd();
  let end = trimmed.length;
  while (end > trimmed.length - mark.length && trimmed[end - 1] === '`') end -= 1;
  return Math.min(text.length - trimmed.slice(0, end).trimEnd().length, maxClosing);
}

/** Whether a text without leading white space may become the first line of a fence. */
const mayOpen = (text: string): boolean =>
  mark.startsWith(text) || (text.length <= mark.length + maxName && /^```[\w+-]*[ \t]*\r?$/.test(text));

/** Returns a delta of this text. Log probabilities stay with a text that is whole. */
function toDelta(text: string, original?: TextDelta): AgentEvent[] {
  if (text === '') return [];
  return [original && original.text === text ? original : { type: 'text-delta', text }];
}
