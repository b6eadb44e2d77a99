import type { AgentRequest } from '../agent-client.ts';
import { answersSoon, needsStream } from './plain-answers.ts';
import type { UpstreamContext } from './upstream-format.ts';

type StreamRequest = Pick<AgentRequest, 'watched' | 'background'>;

/** Whether the upstream is asked for a stream. Where no client reads along, a plain answer costs less. */
export function isStreamed(
  { watched, background }: StreamRequest,
  model: string,
  { settings, learned }: Pick<UpstreamContext, 'settings' | 'learned'>,
): boolean {
  if (watched || settings.upstreamStream === 'always' || needsStream(learned, model)) return true;
  return settings.upstreamStream === undefined && (background === true || !answersSoon(learned, model));
}
