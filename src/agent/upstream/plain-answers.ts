import type { LearnedFields, Lesson } from './learned-fields.ts';
import type { Refusal } from './read-refusal.ts';

/*
 * Lessons about the plain answers of an upstream. A plain answer shows no progress until it has ended: a long one would
 * reach the limit on the first byte, or the time-out of a proxy. So the form depends on the model's earlier answers:
 * after a short one the next may be plain, and after a long one all are streams.
 */

const what = 'plain answers';

/** The lesson of a refusal: the model that was asked answers only with streams. */
export const streamsOnly = { what, isOfModel: true } as const satisfies Lesson;

/** How servers refuse a request that asks for no stream. */
const plainErrors = new RegExp(
  [
    'only supports? stream|stream(ing)?( mode)? (only|is required)|requires? stream|non-?stream(ing|ed)?\\b',
    '\\bstream\\b\\W+(parameter |field )?(must|should|has to|needs to) be (set to )?true',
    'must (have|set) \\W?stream\\W*true',
  ].join('|'),
  'i',
);

export const asksForPlain = (sent: object): boolean => 'stream' in sent && sent.stream === false;

/** Whether the upstream answers only with streams, or this request alone. */
export const isAboutPlain = ({ text }: Refusal): boolean => plainErrors.test(text);

/** Whether the answers of a model must be streams. */
export function needsStream(learned: LearnedFields, model: string): boolean {
  return learned.isRefused(what) || learned.isRefused(what, model);
}

/** Whether a model has answered, and soon each time. */
export const answersSoon = (learned: LearnedFields, model: string): boolean => learned.isAccepted(what, model);

export interface EndedAnswer {
  /** Whether the upstream accepted the request and was left to answer it. It may have failed later. */
  isAccepted: boolean;
  isLong: boolean;
}

/** Learns from the end of an answer. */
export function learnFromEnd(learned: LearnedFields, model: string, { isAccepted, isLong }: EndedAnswer): void {
  if (isLong) learned.learn(what, undefined, model);
  else if (isAccepted && !needsStream(learned, model)) learned.learn(what, what, model);
}

/** Learns that the streams of an upstream hold more than its plain answers do, such as the tools that it runs. */
export function learnFromExtras(learned: LearnedFields): void {
  learned.learn(what);
}
