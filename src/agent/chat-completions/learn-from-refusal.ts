import { isContextError } from '../upstream/errors/is-context-error.ts';
import type { Lesson } from '../upstream/learned-fields.ts';
import type { Refusal } from '../upstream/read-refusal.ts';
import type { ChatRequest } from './chat-request.ts';
import { refusalRules } from './refusal-rules.ts';

/** Returns what a refusal says that the upstream needs, or `undefined` if it concerns the client. */
export function learnFromRefusal(refusal: Refusal, sent: ChatRequest): Lesson | undefined {
  if (isContextError(refusal.text)) return undefined;
  const rule = refusalRules.find(({ applies, matches }) => applies(sent) && matches(refusal, sent));
  if (!rule) return undefined;
  const { applies, matches, ...lesson } = rule;
  return lesson;
}
