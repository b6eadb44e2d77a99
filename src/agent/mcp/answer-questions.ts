import { type CallToolResult, type InputRequiredResult, isInputRequiredResult } from '@modelcontextprotocol/client';
import { limits } from '../../config/limits.ts';
import { isObject } from '../../json/is-object.ts';

type Question = NonNullable<InputRequiredResult['inputRequests']>[string];
type Answer = { action: 'accept' | 'decline'; content?: Record<string, boolean> };

/** What a retried call carries beside its arguments. */
export interface Answers {
  inputResponses?: Record<string, Answer>;
  requestState?: string;
}

export type Outcome =
  | { result: CallToolResult }
  /** The tool did nothing yet. It asks for a confirmation, which an approval can answer. */
  | { confirmation: string }
  /** The tool asks a question that this server cannot answer. */
  | { declined: string };

/**
 * Sends a call, and answers what the tool asks before it runs (`input_required` of revision 2026-07-28). A question
 * for a confirmation is accepted if the call is approved. Any other question is declined.
 */
export async function answerQuestions(
  send: (answers: Answers) => Promise<CallToolResult | InputRequiredResult>,
  isApproved: boolean,
): Promise<Outcome> {
  let answers: Answers = {};
  let asked = 'more input';
  for (let round = 0; round <= limits.mcpQuestionRounds; round++) {
    const result = await send(answers);
    if (!isInputRequiredResult(result)) return { result };
    const questions = Object.entries(result.inputRequests ?? {});
    const confirmed = questions.map(([, question]) => toConfirmation(question));
    const canConfirm = questions.length > 0 && confirmed.every((content) => content !== undefined);
    if (questions.length > 0) asked = questions.map(([, question]) => toMessage(question)).join(' / ');
    if (canConfirm && !isApproved) return { confirmation: asked };
    answers = {
      inputResponses: Object.fromEntries(
        questions.map(([key], index): [string, Answer] => {
          const content = canConfirm ? confirmed[index] : undefined;
          return [key, content ? { action: 'accept', content } : { action: 'decline' }];
        }),
      ),
      ...(result.requestState === undefined ? {} : { requestState: result.requestState }),
    };
  }
  return { declined: asked };
}

/**
 * Returns the content that confirms a question: a form without fields, or with one boolean. `undefined` for a question
 * that an approval cannot answer.
 */
function toConfirmation({ method, params }: Question): Record<string, boolean> | undefined {
  if (method !== 'elicitation/create' || !('requestedSchema' in params)) return undefined;
  const { properties, required = [] } = params.requestedSchema;
  const names = Object.keys(properties);
  const [name] = names;
  if (name === undefined) return {};
  const field: unknown = properties[name];
  const isOnly = names.length === 1 && required.every((needed) => needed === name);
  return isOnly && isObject(field) && field['type'] === 'boolean' ? { [name]: true } : undefined;
}

function toMessage({ method, params }: Question): string {
  const message = params && 'message' in params && typeof params.message === 'string' ? params.message : method;
  return message.slice(0, limits.mcpReasonCharacters);
}
