import type { AgentSettings } from '../../agent/agent-client.ts';
import { mapSettings, type SettingMap, sharedSettings } from '../../agent/request/map-settings.ts';
import type { ChatRequest } from '../chat-deps.ts';
import type { ChatField } from './request-fields.ts';

/** The fields that `toAgentRequest` reads itself. */
type TurnField =
  | 'messages'
  | 'model'
  | 'tools'
  | 'functions'
  | 'tool_choice'
  | 'function_call'
  | 'parallel_tool_calls'
  | 'response_format';

/** A setting for every other field marked `upstream`. The newer name of a setting comes after the older one. */
const settingMap: SettingMap<ChatRequest, Exclude<ChatField<'upstream'>, TurnField>> = {
  ...sharedSettings,
  max_tokens: toTokenLimit,
  max_completion_tokens: toTokenLimit,
  stop: toStop,
  seed: (seed) => ({ seed }),
  logit_bias: (logitBias) => ({ logitBias }),
  logprobs: (isWanted) => (isWanted ? { topLogprobs: 0 } : {}),
  top_logprobs: (topLogprobs, { logprobs }) => (logprobs ? { topLogprobs } : {}),
  reasoning_effort: (reasoningEffort) => ({ reasoningEffort }),
  verbosity: (verbosity) => ({ verbosity }),
};

/** Returns the agent's settings for the fields that a request has. */
export const toSettings = (request: ChatRequest): AgentSettings => mapSettings(request, settingMap);

/** Local servers take zero and negative numbers for no limit. */
function toTokenLimit(maxOutputTokens: number): AgentSettings {
  return maxOutputTokens > 0 ? { maxOutputTokens } : {};
}

/** An empty sequence ends nothing. */
function toStop(stop: string | string[]): AgentSettings {
  const sequences = [stop].flat().filter((sequence) => sequence !== '');
  return sequences.length > 0 ? { stop: sequences } : {};
}
