import type { ExchangeOutcome } from './exchange/exchange.ts';
import type { Lesson } from './learned-fields.ts';
import type { Refusal } from './read-refusal.ts';
import { serializeBody } from './serialize-body.ts';

export interface Adapting {
  maxAdaptations: number;
  /** Returns the body in the form that the upstream is known to need. */
  toBody(): object;
  send(body: Buffer): Promise<ExchangeOutcome>;
  learn(refusal: Refusal, sent: object): Lesson | undefined;
  remember(lesson: Lesson): void;
}

/** Sends a request. If the upstream refuses its form, it is sent again at once in the form that the refusal asks for. */
export async function withAdaptations(request: Adapting): Promise<ExchangeOutcome> {
  const { maxAdaptations, toBody, send, learn, remember } = request;
  let body = toBody();
  for (let adaptations = 0; ; adaptations++) {
    const outcome = await send(Buffer.from(serializeBody(body)));
    if (outcome.type === 'accepted' || !outcome.refusal || adaptations === maxAdaptations) return outcome;
    const lesson = learn(outcome.refusal, body);
    if (!lesson) return outcome;
    remember(lesson);
    const adapted = toBody();
    // A setting may prevent the adaptation.
    if (serializeBody(adapted) === serializeBody(body)) return outcome;
    body = adapted;
  }
}
