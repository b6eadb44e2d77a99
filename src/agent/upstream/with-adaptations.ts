import type { ExchangeOutcome } from './exchange/exchange.ts';
import type { Lesson } from './learned-fields.ts';
import { isStreamsOnly, namesStreams, streamsOnly } from './plain-answers.ts';
import type { Refusal } from './read-refusal.ts';

interface FormOptions {
  /** Whether to ask for a stream, whatever the upstream is known to need. */
  asStream: boolean;
}

export interface Adapting {
  maxAdaptations: number;
  /** Returns the body in the form that the upstream is known to need. */
  toBody(options: FormOptions): Buffer;
  send(body: Buffer, options: FormOptions): Promise<ExchangeOutcome>;
  learn(refusal: Refusal, sent: object): Lesson | undefined;
  remember(lesson: Lesson): void;
}

/**
 * Sends a request. If the upstream refuses its form, it is sent again at once in the form that the refusal asks for.
 * A refusal may mention streams for another reason, so that lesson is remembered only once a stream is accepted.
 */
export async function withAdaptations(request: Adapting): Promise<ExchangeOutcome> {
  const { maxAdaptations, toBody, send, learn, remember } = request;
  /** The refusal of the plain request, while it is tried as a stream. */
  let plain: ExchangeOutcome | undefined;
  let body = toBody({ asStream: false });
  for (let adaptations = 0; ; adaptations++) {
    const outcome = await send(body, { asStream: plain !== undefined });
    if (outcome.type === 'accepted') {
      if (plain) remember(streamsOnly);
      return outcome;
    }
    const { refusal } = outcome;
    if (!refusal) return outcome;
    const lesson = adaptations < maxAdaptations ? learn(refusal, JSON.parse(body.toString())) : undefined;
    // The stream was refused for streaming too. Returns the refusal of the form that the client sent.
    if (!lesson) return plain && namesStreams(refusal) ? plain : outcome;
    if (isStreamsOnly(lesson)) plain = outcome;
    else remember(lesson);
    const adapted = toBody({ asStream: plain !== undefined });
    // A setting may prevent the adaptation.
    if (adapted.equals(body)) return outcome;
    body = adapted;
  }
}
