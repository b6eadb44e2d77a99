import type { StoreLocation } from '../store/store-location.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './env.ts';
import { limits } from './limits.ts';
import { isLoopback } from './loopback.ts';
import { toStoreLocation } from './to-store-location.ts';

export type AgentConfig =
  | { kind: 'offline' }
  | { kind: 'replay'; file: string; pace: 'none' | 'recorded' }
  | { kind: 'chat-completions'; url: string; apiKey: string | undefined; model: string | undefined };

/** Which web pages may call this server from a browser. */
export type CorsOrigins = { kind: 'loopback' } | { kind: 'any' } | { kind: 'list'; origins: ReadonlySet<string> };

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Every setting, checked. */
export interface Config {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Absent: no authentication, and loopback only. */
  key: string | undefined;
  corsOrigins: CorsOrigins;
  agent: AgentConfig;
  store: StoreLocation;
  /** Do a response's instructions carry over to the next one of its chain? OpenAI's do not. */
  carryInstructions: boolean;
  /** Check every body and event against the contract before it is sent. */
  validateOutput: boolean;
  logLevel: LogLevel;
  bodyBytes: number;
  keepAliveMs: number;
  shutdownMs: number;
}

/** Throws a ConfigError that names the first bad setting. */
export function toConfig(env: Environment): Config {
  const host = env.host ?? '127.0.0.1';
  if (!env.key && !isLoopback(host)) {
    throw new ConfigError(
      `API_SERVER_HOST=${host} is not a loopback address: set API_SERVER_KEY to serve other machines.`,
    );
  }
  return {
    host,
    port: toInteger('API_SERVER_PORT', env.port ?? '8642', { min: 0, max: 65_535 }),
    key: toKey(env.key),
    corsOrigins: toCorsOrigins(env.corsOrigins, env.key),
    agent: toAgentConfig(env),
    store: toStoreLocation(env.storeUrl ?? 'sqlite:talaria.db'),
    carryInstructions: toSwitch('CARRY_INSTRUCTIONS', env.carryInstructions ?? '1'),
    validateOutput: toSwitch('VALIDATE_OUTPUT', env.validateOutput ?? '0'),
    logLevel: toLogLevel(env.logLevel ?? 'info'),
    bodyBytes: toInteger('API_SERVER_MAX_BODY_BYTES', env.bodyBytes ?? `${limits.bodyBytes}`, { min: 1024 }),
    keepAliveMs: toInteger('API_SERVER_KEEP_ALIVE_MS', env.keepAliveMs ?? `${limits.keepAliveMs}`, { min: 100 }),
    shutdownMs: toInteger('API_SERVER_SHUTDOWN_MS', env.shutdownMs ?? `${limits.shutdownMs}`, { min: 0 }),
  };
}

function toKey(key: string | undefined): string | undefined {
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new ConfigError('API_SERVER_KEY may hold visible ASCII characters only: it travels in a header.');
  }
  return key;
}

function toAgentConfig(env: Environment): AgentConfig {
  const url = env.agentUrl ?? 'offline:';
  if (url === 'offline:') return { kind: 'offline' };
  if (url.startsWith('replay:')) return toReplay(url);
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') {
    return { kind: 'chat-completions', url: url.replace(/\/+$/, ''), apiKey: env.agentApiKey, model: env.agentModel };
  }
  throw new ConfigError(
    `AGENT_URL=${url} is neither "offline:", "replay:FILE" nor the http(s) address of an OpenAI-compatible API.`,
  );
}

/** `replay:FILE`, or `replay:FILE?pace=recorded`. */
function toReplay(url: string): AgentConfig {
  const [, file = '', query] = /^replay:(.*?)(?:\?([^?]*))?$/.exec(url) ?? [];
  const pace = query === undefined ? 'none' : /^pace=(none|recorded)$/.exec(query)?.[1];
  if (file === '' || pace === undefined) {
    throw new ConfigError(`AGENT_URL=${url} is not of the form replay:FILE or replay:FILE?pace=recorded.`);
  }
  return { kind: 'replay', file, pace: pace === 'recorded' ? pace : 'none' };
}

function toCorsOrigins(text: string | undefined, key: string | undefined): CorsOrigins {
  if (text === undefined) return { kind: 'loopback' };
  const origins = text.split(',').map((origin) => origin.trim());
  if (origins.includes('*')) {
    if (!key)
      throw new ConfigError('API_SERVER_CORS_ORIGINS=* needs API_SERVER_KEY: else any web page could run the agent.');
    return { kind: 'any' };
  }
  for (const origin of origins) {
    if (URL.parse(origin)?.origin !== origin) {
      throw new ConfigError(`API_SERVER_CORS_ORIGINS: "${origin}" is not an origin such as https://chat.example.org.`);
    }
  }
  return { kind: 'list', origins: new Set(origins) };
}

function toInteger(name: string, text: string, range: { min: number; max?: number }): number {
  const value = Number(text);
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  if (!/^\d+$/.test(text) || value < range.min || value > max) {
    throw new ConfigError(
      `${name}=${text} is not a whole number from ${range.min}${range.max ? ` to ${max}` : ' up'}.`,
    );
  }
  return value;
}

function toSwitch(name: string, text: string): boolean {
  const value = text.toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(value)) return true;
  if (['0', 'false', 'no', 'off'].includes(value)) return false;
  throw new ConfigError(`${name}=${text} is neither 1 nor 0.`);
}

function toLogLevel(text: string): LogLevel {
  const level = logLevels.find((candidate) => candidate === text);
  if (!level) throw new ConfigError(`LOG_LEVEL=${text} is not one of ${logLevels.join(', ')}.`);
  return level;
}
