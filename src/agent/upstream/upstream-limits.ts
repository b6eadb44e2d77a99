import { limits } from '../../config/limits.ts';
import type { UpstreamSettings } from '../../config/upstream-settings.ts';

/** The bounds of `config/limits.ts` that concern upstreams, under the same names. */
export type UpstreamLimits = {
  [Name in keyof typeof limits as Name extends `upstream${string}` ? Name : never]: number;
};

/** Returns the bounds of one upstream: the server's, unless the agent has its own. */
export function toUpstreamLimits(settings: UpstreamSettings, server: Partial<UpstreamLimits> = {}): UpstreamLimits {
  const bounds: UpstreamLimits = { ...limits, ...server };
  const { firstByteMs, idleMs, retries } = settings;
  return {
    ...bounds,
    upstreamFirstByteMs: firstByteMs ?? bounds.upstreamFirstByteMs,
    upstreamIdleMs: idleMs ?? bounds.upstreamIdleMs,
    upstreamAttempts: retries === undefined ? bounds.upstreamAttempts : retries + 1,
  };
}
