import { ChoiceFold } from '../../chat/events/choice-fold.ts';
import type { Schemas } from '../../contract/types.ts';
import { isObject } from '../../json/is-object.ts';

export interface FoldedChat {
  /** The completion so far. */
  completion: Record<string, unknown> | undefined;
  /** Whether every choice has a finish reason. */
  isComplete: boolean;
}

/** Folds the chunks of a stream, which may have been cut anywhere. */
export function foldChat(events: readonly Record<string, unknown>[]): FoldedChat {
  const choices = new Map<number, ChoiceFold>();
  const finished = new Set<number>();
  let last: Record<string, unknown> | undefined;
  for (const chunk of events.filter(isChunk)) {
    last = chunk;
    for (const choice of chunk.choices) {
      const fold = choices.get(choice.index) ?? new ChoiceFold(choice.index);
      choices.set(choice.index, fold);
      fold.add(choice);
      if (choice.finish_reason) finished.add(choice.index);
    }
  }
  if (!last) return { completion: undefined, isComplete: false };
  const folded = [...choices].sort(([one], [other]) => one - other).map(([, choice]) => choice.toChoice());
  const completion = { ...last, object: 'chat.completion', choices: folded };
  return { completion, isComplete: folded.length > 0 && finished.size === folded.length };
}

/** This server made the chunk: its choices have the form of the contract. */
const isChunk = (event: Record<string, unknown>): event is Schemas['ChatCompletionChunk'] & Record<string, unknown> =>
  event['object'] === 'chat.completion.chunk' && Array.isArray(event['choices']) && event['choices'].every(isChoice);

const isChoice = (choice: unknown): boolean => isObject(choice) && isObject(choice['delta']);
