import type { ExchangeOutcome } from './exchange/exchange.ts';
import type { Lesson } from './learned-fields.ts';
import type { Refusal } from './read-refusal.ts';

export interface Adapting {
  maxAdaptations: number;
  /** Returns the body in the form that the upstream is known to need. */
  toBody(): Buffer;
  send(body: Buffer): Promise<ExchangeOutcome>;
  learn(refusal: Refusal, sent: object): Lesson | undefined;
  remember(lesson: Lesson): void;
}

/** Sends a request. If the upstream refuses its form, it is sent again at once in the form that the refusal asks for. */
export async function withAdaptations(request: Adapting): Promise<ExchangeOutcome> {
  const { maxAdaptations, toBody, send, learn, remember } = request;
  let body = toBody();
  for (let adaptations = 0; ; adaptations++) {
    const outcome = await send(body);
    if (outcome.type === 'accepted' || !outcome.refusal || adaptations === maxAdaptations) return outcome;
    const lesson = learn(outcome.refusal, JSON.parse(body.toString()));
    if (!lesson) return outcome;
    remember(lesson);
    const adapted = toBody();
    // A setting may prevent the adaptation.
    if (adapted.equals(body)) return outcome;
    body = adapted;
  }
}
