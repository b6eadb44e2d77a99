import type { Config } from '../config/config.ts';
import { limits } from '../config/limits.ts';
import type { UpstreamLimits } from './upstream/upstream-limits.ts';

/** The configured bounds of every agent. */
export interface AgentBounds {
  /** Maximum size of one answer's text. */
  answerBytes: number;
  /** Bounds of upstreams that override `config/limits.ts`. */
  upstream: Partial<UpstreamLimits>;
}

export const defaultBounds: AgentBounds = { answerBytes: limits.answerBytes, upstream: {} };

/**
 * Returns the bounds for a configuration. Each agent gets enough connections for all runs, so runs never wait for one.
 */
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
