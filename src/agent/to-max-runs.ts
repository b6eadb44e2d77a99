import { limits } from '../config/limits.ts';
import type { UpstreamConfig } from '../config/to-agent-config.ts';

/** Returns how many runs of an agent proceed at once. Hermes refuses more than it has slots for, so they wait here. */
export function toMaxRuns({ api, settings }: UpstreamConfig): number | undefined {
  return settings.maxRuns ?? (api === 'hermes' ? limits.hermesRuns : undefined);
}
