import type { AgentSettings } from '../../agent/agent-client.ts';
import { mapSettings, type SettingMap, sharedSettings } from '../../agent/request/map-settings.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import type { ResponseField } from './request-fields.ts';

/** The fields that `toAgentRequest` and `planResponse` read themselves. */
type TurnField = 'input' | 'model' | 'instructions' | 'tools' | 'tool_choice' | 'parallel_tool_calls';

/** A setting for every other field marked `upstream`. */
const settingMap: SettingMap<ResponseRequest, Exclude<ResponseField<'upstream'>, TurnField>> = {
  ...sharedSettings,
  max_output_tokens: (maxOutputTokens) => ({ maxOutputTokens }),
  include: (options) => (options.includes('message.output_text.logprobs') ? { topLogprobs: 0 } : {}),
  top_logprobs: (topLogprobs) => (topLogprobs > 0 ? { topLogprobs } : {}),
  reasoning: ({ effort }) => omitUndefined({ reasoningEffort: effort }),
  text: ({ verbosity }) => omitUndefined({ verbosity }),
};

/** Returns the agent's settings for the fields that a request has. */
export const toSettings = (request: ResponseRequest): AgentSettings => mapSettings(request, settingMap);
