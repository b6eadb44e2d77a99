import type { Schemas } from '../../contract/types.ts';
import type { ResponseRequest } from '../responses-deps.ts';

export function toToolChoiceEcho(choice: ResponseRequest['tool_choice']): Schemas['ToolChoiceEcho'] {
  if (!choice) return 'auto';
  if (typeof choice === 'string' || choice.type !== 'allowed_tools') return choice;
  return { ...choice, mode: choice.mode ?? 'auto' };
}
