import type { AgentEvent } from '../agent-client.ts';
import type { LearnedFields } from '../upstream/learned-fields.ts';

/**
 * Records that an upstream sends its thoughts as `reasoning`: under that name it reads them, and Groq and Cerebras
 * refuse the other. `text` is what the events were read from.
 */
export function noteReasoningField(text: string, events: readonly AgentEvent[], learned: LearnedFields): void {
  if (!events.some(({ type }) => type === 'reasoning-start') || learned.isKnown('reasoning_content')) return;
  if (/"reasoning"\s*:\s*"/.test(text) && !/"reasoning_content"\s*:\s*"/.test(text)) {
    learned.learn('reasoning_content', 'reasoning');
  }
}
