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

/** Unmistakable wordings for a refused plain request. */
const plainErrors = new RegExp(
  [
    'only supports? stream|stream(ing)?( mode)? (only|is required)|requires? stream|(non-?|without )stream(ing|ed)?\\b',
    '\\bstream\\b\\W+(parameter |field )?(must|should|has to|needs to) be (set to )?true',
    'must (have|set) \\W?stream\\W*true',
  ].join('|'),
  'i',
);

const streams = /(\b|non)stream(s|ed|ing)?\b|\bsse\b|server-sent events/i;

/** Mentions of a stream that do not concern the form of the request. */
const incidental = new RegExp(
  [
    // The request, repeated as JSON or as a Python object.
    '[{,]\\s*["\']stream["\']\\s*:\\s*(true|false)(?=\\s*[,}])',
    'octet-stream',
    // A broken stream of the upstream's own. It may have worked on the request already.
    '\\bstream(ing)?[\\s:]+((was|is|has been|got) )?((unexpectedly|prematurely) )?' +
      '(error|id\\b|closed|closing|ended|reset|abort|destroy|terminat|interrupt|disconnect|timed? ?out|broke|fail)',
    '\\b(end|close|closed|read|reading|parsing|decoding|writing|interrupted|broken|error (in|on|from|with))' +
      ' ((of|in|from|to|the|a|response|input|data) )*stream\\b',
  ].join('|'),
  'gi',
);

/** A failure of the upstream's own stream has the same status as some refusals. It demands nothing of the request. */
const internalError = 500;
const demands = /\b(must|required?|requires|only|please|enabled?|set)\b/i;

export const asksForPlain = (sent: object): boolean => 'stream' in sent && sent.stream === false;

/** Whether a refused plain request must be a stream, without doubt. */
export const isAboutPlain = ({ text }: Refusal): boolean => plainErrors.test(text);

/** Whether a refusal names streams. That a plain request must be one is then likely, but not certain. */
export function namesStreams({ status, text, path }: Refusal): boolean {
  if (status === internalError && !demands.test(text)) return false;
  return path.has('stream') || streams.test(text.replaceAll(incidental, ' '));
}

export const isStreamsOnly = (lesson: Lesson): boolean => lesson.what === what;

/** Whether the answers of a model must be streams. */
export const needsStream = (learned: LearnedFields, model: string): boolean =>
  learned.isRefused(what, model) || learned.answeredSoon(model) === false;

/** Whether a model has answered, and soon each time. */
export const answersSoon = (learned: LearnedFields, model: string): boolean => learned.answeredSoon(model) === true;

export interface EndedAnswer {
  /** Whether the upstream accepted the request and was left to answer it. It may have failed later. */
  isAccepted: boolean;
  isLong: boolean;
}

/** Learns from the end of an answer. */
export function learnFromEnd(learned: LearnedFields, model: string, { isAccepted, isLong }: EndedAnswer): void {
  if (isLong || isAccepted) learned.noteAnswer(model, !isLong);
}

/** Learns that the streams of an upstream hold more than its plain answers do, such as the tools that it runs. */
export function learnFromExtras(learned: LearnedFields): void {
  learned.learn(what);
}
