import { doctorLimits } from '../doctor-limits.ts';
import { type Finding, note, pass } from '../finding.ts';
import type { Interview } from '../interview.ts';
import { isAccepted } from '../reply.ts';

/** Checks where the agent reports token counts. `isStreamed`: its stream did. */
export async function checkUsage(interview: Interview, isStreamed: boolean): Promise<Finding> {
  const { subject } = interview;
  const reply = await interview.ask({ prompt: 'Say hello.', maxTokens: doctorLimits.answerTokens });
  const isPlain = isAccepted(reply) && interview.read(reply).hasUsage;
  if (isStreamed) return pass('usage', isPlain ? 'in streams and plain replies' : 'in streams');
  if (!isPlain) return note('usage', 'not reported: the server estimates token counts');
  const message = 'in plain replies only';
  if (subject.config.settings.upstreamStream === 'when_streamed') return pass('usage', message);
  return note('usage', message, `set ${subject.setting('upstream_stream', 'when_streamed')}`);
}
