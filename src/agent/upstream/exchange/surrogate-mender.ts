import { toWellFormed } from '../../../json/to-well-formed.ts';
import type { AgentEvent, AgentLogprob } from '../../agent-client.ts';

type TextDelta = Extract<AgentEvent, { type: 'text-delta' }>;

/** The end of a delta that is kept for the next one. */
interface Half {
  text: string;
  logprobs?: AgentLogprob[] | undefined;
}

const replacement = '\uFFFD';

/**
 * Makes the strings of an answer well-formed. Upstreams that write a character as two escapes may split it between two
 * events: the first half then waits for the second. A half that stays alone becomes U+FFFD.
 */
export class SurrogateMender {
  /** By the type of the block, or the id of the call. */
  readonly #halves = new Map<string, Half>();

  /** Adds an event, mended, to `out`. */
  mend(event: AgentEvent, out: AgentEvent[]): void {
    switch (event.type) {
      case 'text-delta':
      case 'reasoning-delta':
      case 'refusal-delta': {
        if (this.#halves.size === 0 && event.text.isWellFormed()) break;
        const { text, logprobs } = this.#join(event.type, event.text, 'logprobs' in event ? event.logprobs : undefined);
        if (text === '') return;
        out.push(logprobs === undefined ? { ...event, text } : ({ ...event, text, logprobs } as TextDelta));
        return;
      }
      case 'tool-call-delta': {
        if (this.#halves.size === 0 && event.arguments.isWellFormed()) break;
        const { text } = this.#join(toKey(event.callId), event.arguments);
        if (text !== '') out.push({ ...event, arguments: text });
        return;
      }
      case 'text-end':
      case 'reasoning-end':
      case 'refusal-end':
        if (this.#halves.size > 0) this.#endBlock(event.type, out);
        break;
      case 'tool-call-end':
        if (this.#halves.delete(toKey(event.callId))) {
          out.push({ type: 'tool-call-delta', callId: event.callId, arguments: replacement });
        }
        break;
      case 'text-start':
      case 'reasoning-start':
      case 'refusal-start':
      case 'usage':
        break;
      default:
        out.push(toWellFormed(event));
        return;
    }
    out.push(event);
  }

  /** Returns what can be sent of a text, after what was kept of the one before. */
  #join(key: string, text: string, logprobs?: AgentLogprob[]): Half {
    const kept = this.#halves.get(key);
    this.#halves.delete(key);
    const whole = (kept?.text ?? '') + text;
    const joined = kept?.logprobs && logprobs ? kept.logprobs.concat(logprobs) : (logprobs ?? kept?.logprobs);
    const all = joined === undefined ? undefined : toWellFormed(joined);
    if (!endsInHalf(whole)) return { text: whole.toWellFormed(), logprobs: all };
    const rest = whole.slice(0, -1).toWellFormed();
    this.#halves.set(key, { text: whole.slice(-1), logprobs: rest === '' ? all : undefined });
    return { text: rest, logprobs: all };
  }

  #endBlock(type: 'text-end' | 'reasoning-end' | 'refusal-end', out: AgentEvent[]): void {
    const delta = `${type.slice(0, -'-end'.length)}-delta` as TextDelta['type'];
    if (this.#halves.delete(delta)) out.push({ type: delta, text: replacement });
  }
}

/** Keeps ids of calls apart from types of blocks. */
const toKey = (callId: string): string => `call ${callId}`;

/** Whether a text ends in the first half of a character. */
function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
