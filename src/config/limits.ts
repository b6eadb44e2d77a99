import { agentLimits } from './limits/agent-limits.ts';
import { httpLimits } from './limits/http-limits.ts';
import { journalLimits } from './limits/journal-limits.ts';
import { loopLimits } from './limits/loop-limits.ts';
import { mcpLimits } from './limits/mcp-limits.ts';
import { runLimits } from './limits/run-limits.ts';
import { schemaLimits } from './limits/schema-limits.ts';
import { socketLimits } from './limits/socket-limits.ts';
import { storeLimits } from './limits/store-limits.ts';
import { telemetryLimits } from './limits/telemetry-limits.ts';
import { webhookLimits } from './limits/webhook-limits.ts';
import { workerLimits } from './limits/worker-limits.ts';

/**
 * Every bound of the server, by group, each with what it prevents. Names carry the unit: milliseconds, bytes, counts.
 */
export const limits = {
  ...httpLimits,
  ...socketLimits,
  ...agentLimits,
  ...journalLimits,
  ...loopLimits,
  ...mcpLimits,
  ...runLimits,
  ...schemaLimits,
  ...storeLimits,
  ...telemetryLimits,
  ...webhookLimits,
  ...workerLimits,

  /** Waiting for the lock of the configuration file. Prevents a crashed process from blocking all others. */
  lockMs: 10_000,
  /** Between attempts at that lock. */
  lockPollMs: 20,
} as const;
