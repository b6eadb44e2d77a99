import { constants } from 'node:buffer';
import { toAgents } from './agent/to-agents.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './env.ts';
import { type ConfigFile, maxRetentionDays } from './file/config-file.ts';
import { limits } from './limits.ts';
import { isLoopback } from './loopback.ts';
import type { McpConfig } from './mcp/mcp-config.ts';
import { toMcpConfig } from './mcp/to-mcp-config.ts';
import { type CorsOrigins, toCorsOrigins } from './parse/to-cors-origins.ts';
import { longestTimerMs, toDuration, toTimeout } from './parse/to-duration.ts';
import { toInteger } from './parse/to-integer.ts';
import { toJournalEntries } from './parse/to-journal-entries.ts';
import { toResumes } from './parse/to-resumes.ts';
import { toStoreLocation } from './parse/to-store-location.ts';
import { toSwitch } from './parse/to-switch.ts';
import { toWorkers } from './parse/to-workers.ts';
import type { StoreLocation } from './store-location.ts';
import { type TelemetryConfig, toTelemetry } from './telemetry-config.ts';
import type { TenancyConfig } from './tenant-settings.ts';
import type { AgentConfig } from './to-agent-config.ts';
import { toTenancy } from './to-tenancy.ts';
import { toWebhookEndpoints } from './webhooks/to-webhook-endpoints.ts';
import type { WebhookEndpoint } from './webhooks/webhook-config.ts';

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** All settings, validated. */
export interface Config {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Processes that share the port. */
  workers: number;
  /** Path of the configuration file; `undefined` without one. */
  file: string | undefined;
  tenancy: TenancyConfig;
  corsOrigins: CorsOrigins;
  /** By name, the default first; never empty. */
  agents: ReadonlyMap<string, AgentConfig>;
  mcp: McpConfig;
  /** By name. */
  webhooks: ReadonlyMap<string, WebhookEndpoint>;
  store: StoreLocation;
  /** Whether a response inherits the instructions of the previous one in its chain. OpenAI's API does not. */
  carryInstructions: boolean;
  /** Whether every body and event is checked against the contract before it is sent. */
  validateOutput: boolean;
  logLevel: LogLevel;
  bodies: BodyLimits;
  keepAliveMs: number;
  /** From SIGTERM until the listener closes. */
  drainMs: number;
  shutdownMs: number;
  /** Time a client may leave a stream unread. */
  stallMs: number;
  schemas: SchemaLimits;
  agentTimeouts: AgentTimeouts;
  runs: RunsConfig;
  /** Requests that the journal keeps; 0: none. */
  journalEntries: number;
  telemetry: TelemetryConfig;
}

/** Bounds of request bodies and WebSocket messages. */
export interface BodyLimits {
  /** After decoding. */
  bytes: number;
  /** JSON values of any type, including nested ones. */
  values: number;
  levels: number;
  /** Concurrently read bodies above `limits.largeBodyBytes`. */
  largeAtOnce: number;
}

/** Bounds of the JSON Schemas that clients send. */
export interface SchemaLimits {
  bytes: number;
  /** One check of an answer. */
  checkMs: number;
  /** Memory of the checking thread. */
  checkMegabytes: number;
}

export interface AgentTimeouts {
  firstByteMs: number;
  /** Between two events. */
  idleMs: number;
  /** Wait for a free connection. */
  connectionMs: number;
}

export interface RunsConfig {
  /** Concurrent runs. */
  atOnce: number;
  /** Runs waiting for a slot. */
  queued: number;
  /** Lease time: after this long without a heartbeat, other servers recover this server's runs. */
  leaseMs: number;
  /** Whether orphaned background responses and keyed requests are resumed. Otherwise they fail. */
  resumes: boolean;
  /** Retention of a response's event log after its terminal event. */
  logSeconds: number;
  /** Retention of the record of a run, for operators. */
  recordSeconds: number;
  /** One run, from its slot to its terminal event. */
  timeoutMs: number;
  /** Servers that may run one response in turn. */
  attempts: number;
  /** Time for the answer to an approval request. */
  approvalSeconds: number;
  /** One answer of an agent, as text. */
  answerBytes: number;
  /** The history of one turn, as stored JSON. */
  historyBytes: number;
  historyItems: number;
}

/** Validates the environment and the configuration file. Throws a ConfigError that names the first invalid setting. */
export function toConfig(env: Environment, file?: ConfigFile): Config {
  const host = (env.host ?? '127.0.0.1').replace(/^\[(.+)\]$/, '$1');
  const tenancy = toTenancy(env, file);
  const isOpen = tenancy.keys === undefined;
  if (isOpen && !isLoopback(host)) {
    throw new ConfigError(
      `API_SERVER_HOST=${host} is not a loopback address: set API_SERVER_KEY to serve other machines.`,
    );
  }
  const store = toStoreLocation(env.storeUrl ?? 'sqlite:talaria.db');
  const workers = toWorkers(env.workers ?? '1', store);
  const agents = toAgents(env, file);
  return {
    host,
    port: toInteger('API_SERVER_PORT', env.port ?? '8642', { min: 0, max: 65_535 }),
    workers,
    file: file?.name,
    tenancy,
    corsOrigins: toCorsOrigins(env.corsOrigins, { isOpen }),
    agents,
    mcp: toMcpConfig(env, file),
    webhooks: toWebhookEndpoints(env, file),
    store,
    carryInstructions: toSwitch('CARRY_INSTRUCTIONS', env.carryInstructions ?? '1'),
    validateOutput: toSwitch('VALIDATE_OUTPUT', env.validateOutput ?? '0'),
    logLevel: toLogLevel(env.logLevel ?? 'info'),
    bodies: toBodyLimits(env),
    keepAliveMs: toMilliseconds('API_SERVER_KEEP_ALIVE_MS', env.keepAliveMs ?? `${limits.keepAliveMs}`, 100),
    drainMs: toMilliseconds('API_SERVER_DRAIN_MS', env.drainMs ?? `${limits.drainMs}`, 0),
    shutdownMs: toMilliseconds('API_SERVER_SHUTDOWN_MS', env.shutdownMs ?? `${limits.shutdownMs}`, 0),
    stallMs: toMilliseconds('API_SERVER_STALL_MS', env.stallMs ?? `${limits.streamStallMs}`, 100),
    schemas: toSchemaLimits(env),
    agentTimeouts: toAgentTimeouts(env),
    runs: toRunsConfig(env),
    journalEntries: toJournalEntries({ text: env.journalEntries, workers, agents: agents.values() }),
    telemetry: toTelemetry(env),
  };
}

function toBodyLimits(env: Environment): BodyLimits {
  return {
    bytes: toInteger('API_SERVER_MAX_BODY_BYTES', env.bodyBytes ?? `${limits.bodyBytes}`, bodyRange),
    values: toInteger('API_SERVER_MAX_BODY_VALUES', env.bodyValues ?? `${limits.bodyValues}`, { min: 100 }),
    levels: toInteger('API_SERVER_MAX_BODY_LEVELS', env.bodyLevels ?? `${limits.bodyLevels}`, { min: 16, max: 1000 }),
    largeAtOnce: toInteger('API_SERVER_MAX_LARGE_BODIES', env.largeBodies ?? `${limits.largeBodies}`, { min: 1 }),
  };
}

function toSchemaLimits(env: Environment): SchemaLimits {
  const megabytes = env.schemaCheckMegabytes ?? `${limits.schemaCheckMegabytes}`;
  return {
    bytes: toInteger('MAX_SCHEMA_BYTES', env.schemaBytes ?? `${limits.schemaBytes}`, { min: 1024 }),
    checkMs: toMilliseconds('SCHEMA_CHECK_MS', env.schemaCheckMs ?? `${limits.schemaCheckMs}`, 10),
    checkMegabytes: toInteger('SCHEMA_CHECK_MB', megabytes, { min: 16, max: 65_536 }),
  };
}

function toAgentTimeouts(env: Environment): AgentTimeouts {
  const { agentFirstByteTimeout: firstByte, agentIdleTimeout: idle, agentConnectionTimeout: connection } = env;
  return {
    firstByteMs: toTimeout('AGENT_FIRST_BYTE_TIMEOUT', firstByte ?? `${limits.upstreamFirstByteMs}ms`),
    idleMs: toTimeout('AGENT_IDLE_TIMEOUT', idle ?? `${limits.upstreamIdleMs}ms`),
    connectionMs: toDuration('AGENT_CONNECTION_TIMEOUT', connection ?? `${limits.upstreamConnectionWaitMs}ms`),
  };
}

/** An answer and a serialized history are one string each. */
const textRange = { min: 1, max: constants.MAX_STRING_LENGTH };

/** Queries count up to twice this number, which must fit into 32 bits. */
const itemRange = { min: 1, max: 1_000_000_000 };

/** A body is decoded to one string. */
const bodyRange = { min: 1024, max: constants.MAX_STRING_LENGTH };

const toMilliseconds = (name: string, text: string, min: number): number =>
  toInteger(name, text, { min, max: longestTimerMs });

function toRunsConfig(env: Environment): RunsConfig {
  const hours = { min: 1, max: 24 * maxRetentionDays };
  const recordHours = toInteger('RUN_RECORD_HOURS', env.runRecordHours ?? `${limits.runRecordSeconds / 3600}`, hours);
  return {
    atOnce: toInteger('MAX_RUNS', env.maxRuns ?? `${limits.runsAtOnce}`, { min: 1 }),
    queued: toInteger('MAX_QUEUED_RUNS', env.maxQueuedRuns ?? `${limits.queuedRuns}`, { min: 0 }),
    leaseMs: toInteger('RUN_LEASE_MS', env.runLeaseMs ?? `${limits.leaseMs}`, { min: 100, max: 3_600_000 }),
    resumes: toResumes(env.runRecovery ?? 'resume'),
    logSeconds: 3600 * toInteger('STREAM_LOG_HOURS', env.streamLogHours ?? `${limits.logSeconds / 3600}`, hours),
    recordSeconds: 3600 * recordHours,
    timeoutMs: toDuration('RUN_TIMEOUT', env.runTimeout ?? `${limits.runTimeoutMs}ms`),
    attempts: toInteger('RUN_ATTEMPTS', env.runAttempts ?? `${limits.runAttempts}`, { min: 1, max: 1000 }),
    approvalSeconds: Math.ceil(toDuration('APPROVAL_TIMEOUT', env.approvalTimeout ?? `${limits.approvalMs}ms`) / 1000),
    answerBytes: toInteger('MAX_ANSWER_BYTES', env.answerBytes ?? `${limits.answerBytes}`, textRange),
    historyBytes: toInteger('MAX_HISTORY_BYTES', env.historyBytes ?? `${limits.historyBytes}`, textRange),
    historyItems: toInteger('MAX_HISTORY_ITEMS', env.historyItems ?? `${limits.historyItems}`, itemRange),
  };
}

function toLogLevel(text: string): LogLevel {
  const level = logLevels.find((candidate) => candidate === text);
  if (!level) throw new ConfigError(`LOG_LEVEL=${text} is invalid: expected one of ${logLevels.join(', ')}.`);
  return level;
}
