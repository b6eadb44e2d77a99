import type { FieldsOf, RequestFields } from '../../contract/request-fields.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ResponseRequest } from '../responses-deps.ts';

/** The effect of each field of `createResponse`. */
export const responseFields = {
  input: 'upstream',
  model: 'upstream',
  instructions: 'upstream',
  previous_response_id: 'here',
  conversation: 'here',
  stream: 'here',
  stream_options: 'ignored',
  store: 'here',
  background: 'here',
  background_options: 'echoed',
  tools: 'upstream',
  tool_choice: 'upstream',
  parallel_tool_calls: 'upstream',
  max_tool_calls: 'echoed',
  text: 'upstream',
  reasoning: 'upstream',
  max_output_tokens: 'upstream',
  temperature: 'upstream',
  top_p: 'upstream',
  presence_penalty: 'upstream',
  frequency_penalty: 'upstream',
  top_logprobs: 'upstream',
  include: 'upstream',
  truncation: 'here',
  metadata: 'echoed',
  service_tier: 'ignored',
  user: 'upstream',
  safety_identifier: 'upstream',
  prompt_cache_key: 'echoed',
  prompt_cache_retention: 'ignored',
  prompt_cache_options: 'ignored',
  prompt: 'refused',
  context_management: 'here',
  moderation: 'ignored',
  access_programs: 'ignored',
  image: 'refused',
} as const satisfies RequestFields<ResponseRequest>;

export type ResponseField<Wanted extends 'upstream' | 'echoed' | 'refused'> = FieldsOf<typeof responseFields, Wanted>;

/** The effect of each field of `compactResponse`. */
export const compactionFields = {
  model: 'upstream',
  input: 'upstream',
  previous_response_id: 'here',
  instructions: 'upstream',
  prompt_cache_key: 'ignored',
  prompt_cache_retention: 'ignored',
  prompt_cache_options: 'ignored',
  service_tier: 'ignored',
} as const satisfies RequestFields<Schemas['CompactResponseRequest']>;

/** The effect of each field of `countInputTokens`. No agent is asked: what it would receive is counted here. */
export const countingFields = {
  input: 'here',
  model: 'here',
  instructions: 'here',
  previous_response_id: 'here',
  conversation: 'here',
  tools: 'here',
  tool_choice: 'here',
  parallel_tool_calls: 'ignored',
  text: 'here',
  reasoning: 'ignored',
  truncation: 'here',
  personality: 'ignored',
} as const satisfies RequestFields<Schemas['CountInputTokensRequest']>;
