import type { ResponseRequest } from '../responses-deps.ts';

/** Why input is refused. A code of `response.steer.failed`. */
export interface SteerRefusal {
  code: string;
  message: string;
}

/** Returns why responses to this request cannot be steered; `undefined`: they can. */
export function refuseSteering({ conversation, context_management: rules }: ResponseRequest): SteerRefusal | undefined {
  const code = 'steering_not_supported';
  if (conversation) {
    return { code, message: 'A response in a conversation cannot be steered. Send the input with the next turn.' };
  }
  if (rules?.some(({ type }) => type === 'compaction')) {
    const message = 'A response with automatic compaction cannot be steered. Send the input with the next turn.';
    return { code, message };
  }
  return undefined;
}
