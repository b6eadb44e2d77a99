import { Failure, Inconclusive } from './outcomes.ts';
import type { Session } from './session.ts';

/**
 * Passes when the answer shows knowledge of the previous turn. Otherwise only a scriptable agent, or
 * `isForgotten`, proves the server wrong: a model may have answered something else.
 */
export function expectMemory({ target }: Session, answer: string, isForgotten = false): void {
  if (target.prompts.remembers(answer)) return;
  const shown = `"${answer.slice(0, 80)}"`;
  if (target.prompts.exact || isForgotten)
    throw new Failure(`the previous turn is missing from the history: the answer is ${shown}`);
  throw new Inconclusive(`the model did not repeat the fact: ${shown}`);
}
