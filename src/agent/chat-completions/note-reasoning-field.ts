import type { AgentEvent } from '../agent-client.ts';
import type { LearnedFields } from '../upstream/learned-fields.ts';

/**
 * Records under which name an upstream sends its thoughts: under that name it reads them, and Groq and Cerebras refuse
 * the other. `text` is what the events were read from.
 */
export function noteReasoningField(text: string, events: readonly AgentEvent[], learned: LearnedFields): void {
  if (!events.some(({ type }) => type === 'reasoning-start')) return;
  const field = ['reasoning_content', 'reasoning'].find((name) => text.includes(`"${name}":`));
  if (field && learned.nameOf('reasoning_content') !== field) learned.learn('reasoning_content', field);
}
