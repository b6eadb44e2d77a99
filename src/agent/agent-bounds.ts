import type { Config } from '../config/config.ts';
import { limits } from '../config/limits.ts';
import type { UpstreamLimits } from './upstream/upstream-limits.ts';

/** Bounds of every agent, as this server is configured. */
export interface AgentBounds {
  /** One answer, as text. */
  answerBytes: number;
  /** Those of an agent behind HTTP that differ from `config/limits.ts`. */
  upstream: Partial<UpstreamLimits>;
}

export const defaultBounds: AgentBounds = { answerBytes: limits.answerBytes, upstream: {} };

/** Each agent may have as many connections as all runs can need: no run waits behind those of another. */
export function toAgentBounds({ agentTimeouts, runs }: Pick<Config, 'agentTimeouts' | 'runs'>): AgentBounds {
  return {
    answerBytes: runs.answerBytes,
    upstream: {
      upstreamFirstByteMs: agentTimeouts.firstByteMs,
      upstreamIdleMs: agentTimeouts.idleMs,
      upstreamConnectionWaitMs: agentTimeouts.connectionMs,
      upstreamConnections: runs.atOnce * limits.chatRunsAtOnce,
    },
  };
}
