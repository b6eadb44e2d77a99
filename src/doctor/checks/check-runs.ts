import { toMaxRuns } from '../../agent/to-max-runs.ts';
import type { ProbeReply } from '../../agent/upstream/upstream-probe.ts';
import { doctorLimits } from '../doctor-limits.ts';
import { type Finding, fail, note, pass } from '../finding.ts';
import type { Interview } from '../interview.ts';
import { isAccepted } from '../reply.ts';

/** Asks several questions at once: more than the agent takes are refused, or break off those before them. */
export async function checkRuns(interview: Interview, runs: number): Promise<Finding> {
  const { subject } = interview;
  const asked = Math.min(runs, toMaxRuns(subject.config) ?? runs);
  const question = { prompt: 'Count from one to ten.', maxTokens: doctorLimits.answerTokens, isStreamed: true };
  const replies = await Promise.all(
    Array.from({ length: asked }, () => interview.ask(question).catch((error: unknown) => error)),
  );
  const accepted = replies.filter((reply) => isReply(reply) && isAccepted(reply)) as ProbeReply[];
  const broken = accepted.filter((reply) => !interview.hasEnd(reply)).length;
  if (broken > 0) {
    const message = `${broken} of ${asked} concurrent streams broke off without an end: a new run interrupts another`;
    return fail('runs', message, `set ${subject.setting('max_runs', '1')}`);
  }
  if (accepted.length === asked) return pass('runs', `${asked} at once`);
  const statuses = replies.map((reply) => (isReply(reply) ? reply.status : 'a broken connection'));
  const message = `${accepted.length} of ${asked} at once; the others: ${[...new Set(statuses.filter(isRefusal))].join(', ')}`;
  if (accepted.length === 0) return note('runs', message, 'the agent limits its rate now; try again later');
  return fail('runs', message, `set ${subject.setting('max_runs', `${accepted.length}`)}`);
}

const isReply = (reply: unknown): reply is ProbeReply =>
  typeof reply === 'object' && reply !== null && 'status' in reply && 'text' in reply;

const isRefusal = (status: number | string): boolean => typeof status === 'string' || status < 200 || status >= 300;
