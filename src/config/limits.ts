import { agentLimits } from './limits/agent-limits.ts';
import { httpLimits } from './limits/http-limits.ts';
import { runLimits } from './limits/run-limits.ts';
import { schemaLimits } from './limits/schema-limits.ts';
import { socketLimits } from './limits/socket-limits.ts';
import { storeLimits } from './limits/store-limits.ts';

/** Every bound of the server, by group, each with what it prevents. Names carry the unit: milliseconds, bytes, counts. */
export const limits = {
  ...httpLimits,
  ...socketLimits,
  ...agentLimits,
  ...runLimits,
  ...schemaLimits,
  ...storeLimits,

  /** Waiting for the lock of the configuration file. Prevents a crashed process from blocking all others. */
  lockMs: 10_000,
  /** Between attempts at that lock. */
  lockPollMs: 20,

  /** A scripted stream of the offline agent. Prevents a test message from running for hours. */
  offlineTokens: 100_000,
  /** The longest pause between two of its tokens. */
  offlineDelayMs: 60_000,
  /** What it quotes of a message or of a tool's answer. Prevents replies that grow with the conversation. */
  offlineQuoteCharacters: 1000,
  /** Values in one sample of a schema. Prevents schemas that refer to themselves in many ways from filling memory. */
  offlineSampleValues: 2000,
  /** Levels in one sample. Prevents a deep schema from exhausting the stack. */
  offlineSampleDepth: 64,
  /** A regular expression in a schema that it samples. Prevents long work on an endless one. */
  offlinePatternCharacters: 500,
  /** Characters in one sampled string. Prevents `minLength: 1e9`. */
  offlineSampleCharacters: 20_000,
} as const;
