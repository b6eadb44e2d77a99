import type { AgentSettings } from '../agent-client.ts';

/** For each request field, a function that returns the agent's settings for its value. */
export type SettingMap<Request, Field extends keyof Request> = {
  readonly [Name in Field]-?: (value: NonNullable<Request[Name]>, request: Request) => AgentSettings;
};

/** Returns the settings for the fields that have a value. Where two fields set the same, the later in `map` wins. */
export function mapSettings<Request, Field extends keyof Request>(
  request: Request,
  map: SettingMap<Request, Field>,
): AgentSettings {
  const settings: AgentSettings = {};
  for (const field in map) {
    const value = request[field];
    if (value !== undefined && value !== null) Object.assign(settings, map[field](value, request));
  }
  return settings;
}

/** The settings that Chat Completions and Responses name alike. `user` wins over `safety_identifier`. */
export const sharedSettings = {
  temperature: (temperature: number): AgentSettings => ({ temperature }),
  top_p: (topP: number): AgentSettings => ({ topP }),
  presence_penalty: (presencePenalty: number): AgentSettings => ({ presencePenalty }),
  frequency_penalty: (frequencyPenalty: number): AgentSettings => ({ frequencyPenalty }),
  safety_identifier: (user: string): AgentSettings => ({ user }),
  user: (user: string): AgentSettings => ({ user }),
};
