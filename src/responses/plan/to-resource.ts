import type { ConversationId, ResponseId } from '../../ids.ts';
import { toToolEcho } from '../../items/to-tool-echo.ts';
import { withoutToolSecrets } from '../../items/without-secrets.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponseRequest, ResponseResource } from '../responses-deps.ts';
import type { ResponseField } from './request-fields.ts';
import { toTextEcho } from './to-text-echo.ts';
import { toToolChoiceEcho } from './to-tool-choice-echo.ts';

export interface ResourceFacts {
  id: ResponseId;
  /** Unix seconds. */
  createdAt: number;
  model: string;
  /** The instructions in effect, possibly carried over from the previous response. */
  instructions: string | null;
  conversationId: ConversationId | undefined;
}

/** Returns the response as it starts. It reports every setting in effect, defaults included, and omits no field. */
export function toResource(request: ResponseRequest, facts: ResourceFacts): ResponseResource {
  const { max_tool_calls, ...echo } = toEcho(request);
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.createdAt,
    completed_at: null,
    status: 'in_progress',
    background: request.background ?? false,
    error: null,
    incomplete_details: null,
    instructions: facts.instructions,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls,
    model: facts.model,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    ...(facts.conversationId ? { conversation: { id: facts.conversationId } } : {}),
    ...toSamplingEcho(request),
    reasoning: { effort: null, summary: null, ...request.reasoning },
    store: request.store ?? true,
    text: toTextEcho(request.text),
    tool_choice: toToolChoiceEcho(request.tool_choice),
    tools: request.tools?.map(toToolEcho).map(withoutToolSecrets) ?? [],
    truncation: request.truncation ?? 'disabled',
    usage: null,
    ...echo,
    safety_identifier: request.safety_identifier ?? null,
    service_tier: 'default',
    access_programs: null,
    ...(request.image ? { image: { context_compression: 'disabled' as const } } : {}),
    ...(request.prompt_cache_options?.comparison_response_id
      ? { prompt_cache_diagnostics: { type: 'unavailable' as const } }
      : {}),
    ...omitUndefined({ user: request.user }),
  };
}

function toSamplingEcho(request: ResponseRequest) {
  return {
    temperature: request.temperature ?? 1,
    top_p: request.top_p ?? 1,
    top_logprobs: request.top_logprobs ?? 0,
    presence_penalty: request.presence_penalty ?? 0,
    frequency_penalty: request.frequency_penalty ?? 0,
  };
}

/** The fields marked `echoed`. */
function toEcho(request: ResponseRequest): Pick<ResponseResource, ResponseField<'echoed'>> {
  return {
    ...omitUndefined({ background_options: request.background_options }),
    max_tool_calls: request.max_tool_calls ?? null,
    metadata: request.metadata ?? {},
    prompt_cache_key: request.prompt_cache_key ?? null,
  };
}
