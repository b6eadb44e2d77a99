import { Failure, Inconclusive } from './outcomes.ts';
import type { Session } from './session.ts';

/**
 * Passes when the answer shows that the turn before is known. Where it doesn't, only an agent that can be scripted, or
 * `isForgotten`, proves that the server is to blame: a model may have said something else.
 */
export function expectMemory({ target }: Session, answer: string, isForgotten = false): void {
  if (target.prompts.remembers(answer)) return;
  const shown = `"${answer.slice(0, 80)}"`;
  if (target.prompts.exact || isForgotten) throw new Failure(`the turn before is not known: the answer is ${shown}`);
  throw new Inconclusive(`the model did not repeat what it was told: ${shown}`);
}
