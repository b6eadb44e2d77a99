import { randomUUID } from 'node:crypto';
import type { AgentClient, AgentEvent } from '../../agent/agent-client.ts';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { doctorLimits } from '../doctor-limits.ts';
import { type Finding, fail, note, pass } from '../finding.ts';
import type { Subject } from '../subject.ts';

const prompt = 'Count from one to ten in words.';
/** A text of so many characters in one event was not streamed. */
const lumpCharacters = 40;

export interface AnswerCheck {
  findings: Finding[];
  /** Whether the stream reported its token counts. */
  hasUsage: boolean;
  isUsable: boolean;
}

/** Runs one streamed turn on the path of a client's request. */
export async function checkAnswer(
  agent: AgentClient,
  model: string | undefined,
  subject: Subject,
): Promise<AnswerCheck> {
  const heard = new Heard();
  try {
    const batches = await agent.run(toRequest(model), { signal: AbortSignal.timeout(subject.timeoutMs) });
    for await (const batch of batches) for (const event of batch) heard.add(event);
  } catch (reason) {
    return { findings: [describeFailure(reason, subject)], hasUsage: false, isUsable: false };
  }
  return { findings: [judgeText(heard, subject), ...judgeStream(heard)], hasUsage: heard.hasUsage, isUsable: true };
}

/** The received parts of an answer, and their times. */
class Heard {
  text = '';
  deltas = 0;
  calls = 0;
  hasUsage = false;
  end: string | undefined;
  firstMs: number | undefined;
  readonly #started = performance.now();

  add(event: AgentEvent): void {
    switch (event.type) {
      case 'text-delta':
      case 'reasoning-delta':
        this.firstMs ??= performance.now() - this.#started;
        this.text += event.text;
        this.deltas++;
        return;
      case 'tool-call-start':
        this.firstMs ??= performance.now() - this.#started;
        this.calls++;
        return;
      case 'usage':
        this.hasUsage = true;
        return;
      case 'run-end':
        this.end = event.detail ?? event.reason;
        return;
      default:
        return;
    }
  }
}

function toRequest(model: string | undefined) {
  return {
    ...(model === undefined ? {} : { model }),
    messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: prompt }] }],
    tools: [],
    toolChoice: 'auto' as const,
    settings: { maxOutputTokens: doctorLimits.answerTokens },
    sessionId: randomUUID(),
    watched: true,
  };
}

function judgeText({ text, calls, end, firstMs }: Heard, subject: Subject): Finding {
  if (text === '' && calls === 0) return note('answer', `empty, with the end "${end}"`, 'check the model');
  const seconds = ((firstMs ?? 0) / 1000).toFixed(1);
  const message = `first output after ${seconds} s: "${subject.excerpt(text)}"`;
  if ((firstMs ?? 0) < doctorLimits.slowFirstOutputMs) return pass('answer', message);
  const { firstByteMs } = subject.config.settings;
  const bound = (firstByteMs ?? limits.upstreamFirstByteMs) / 1000;
  const remedy = `keep ${subject.settingName('first_byte_timeout')} (${bound} s) and the time-outs of clients above it`;
  return note('answer', message, remedy);
}

function judgeStream({ deltas, text }: Heard): Finding[] {
  if (deltas > 1) return [pass('stream', `${deltas} pieces`)];
  if (text.length < lumpCharacters) return [];
  return [note('stream', 'the answer comes in one piece', 'enable streaming in the agent, if it can')];
}

function describeFailure(reason: unknown, subject: Subject): Finding {
  const error = ApiError.from(reason);
  if (error.code === 'request_cancelled' || error.code === 'upstream_timeout') {
    const seconds = subject.timeoutMs / 1000;
    const setting = subject.settingName('first_byte_timeout');
    const remedy = `the model may still be loading: try again with a longer --timeout, and keep ${setting} above it`;
    return fail('answer', `no whole answer within ${seconds} s`, remedy);
  }
  return fail('answer', `${error.status}: ${subject.excerpt(describe(error))}`, "look into the agent's log");
}

/** The cause has the agent's own words. */
function describe({ message, cause }: ApiError): string {
  return cause instanceof Error && !message.includes(cause.message) ? `${message} (${cause.message})` : message;
}
