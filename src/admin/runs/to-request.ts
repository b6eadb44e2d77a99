import type { Schemas } from '../../contract/types.ts';
import type { StoredResponse } from '../../store/response-store.ts';

type ResponseRequest = Schemas['CreateResponseRequest'];

/** The settings of a response that its resource echoes under the same name. */
const settings = [
  ...['model', 'instructions', 'tools', 'tool_choice', 'parallel_tool_calls', 'max_tool_calls', 'text', 'reasoning'],
  ...['max_output_tokens', 'temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'top_logprobs'],
  ...[
    'truncation',
    'service_tier',
    'metadata',
    'safety_identifier',
    'prompt_cache_key',
    'prompt_cache_retention',
    'user',
  ],
];

/** Returns the settings of a stored response, as a request has them: it accepts each of the echoes. */
export function toSettings({ resource }: StoredResponse): Record<string, unknown> {
  const kept = settings.flatMap((name) => {
    const value = resource[name];
    return value === null || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept);
}

/** Returns the request for a background response with the settings of a stored one. */
export const toRequest = (stored: StoredResponse, input: unknown[]): ResponseRequest =>
  ({ ...toSettings(stored), input, background: true, store: true }) as ResponseRequest;
