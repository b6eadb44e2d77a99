import { randomUUID } from 'node:crypto';
import { type Config, toConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { createLog } from '../log.ts';
import { startServer } from '../server.ts';
import { anyKey } from './connect-talaria.ts';
import { holdProcess } from './hold-process.ts';
import { type Rule, type RuleSet, toRuleSet } from './rules.ts';
import { createTalaria, type Talaria } from './talaria.ts';
import { warnIfOpen } from './warn-if-open.ts';

export interface TalariaOptions {
  /** The rules of its answers. The offline agent answers other requests, unless `strict` is set. */
  rules?: readonly Rule[] | RuleSet;
  /** Whether a request that no rule matches is an error, which explains why. */
  strict?: boolean;
  /** The key that clients must send. Default: the server accepts any. */
  apiKey?: string;
  /** Further settings, by the names of the environment variables: `{ AGENT_URL: 'rules:support.yaml' }`. */
  env?: Readonly<Record<string, string>>;
}

export interface TalariaServer extends Talaria, AsyncDisposable {
  /** Stops the server. Requests that are in progress are aborted. */
  close(): Promise<void>;
}

const standard = {
  API_SERVER_PORT: '0',
  API_SERVER_SHUTDOWN_MS: '0',
  STORE_URL: 'memory:',
  LOG_LEVEL: 'silent',
  JOURNAL_ENTRIES: '1000',
  AGENT_URL: 'rules:',
};

/**
 * Starts a server in this process, on a free port of this machine, with a store in memory and without logs. Reads
 * neither the environment nor talaria.yaml. Rejects with an AdminError for an invalid rule, and a ConfigError for a
 * setting.
 */
export async function startTalaria({ rules, strict, apiKey, env = {} }: TalariaOptions = {}): Promise<TalariaServer> {
  const settings = { ...standard, ...toKeys(apiKey), ...env };
  const config = readConfig(settings);
  const server = await startServer(config, createLog(config.logLevel), { keepsProcess: false });
  const talaria = createTalaria({
    url: server.url,
    apiKey: settings.API_SERVER_KEY ?? anyKey,
    operatorKey: settings.API_SERVER_OPERATOR_KEY,
    initial: toInitial(rules, strict),
  });
  const warning = warnIfOpen(server.url);
  const close = async () => {
    warning[Symbol.dispose]();
    using _hold = holdProcess();
    await server[Symbol.asyncDispose]();
  };
  try {
    if (rules !== undefined || strict !== undefined) await talaria.rules.reset();
  } catch (error) {
    await close();
    throw error;
  }
  return { ...talaria, close, [Symbol.asyncDispose]: close };
}

/** Reads a configuration file only if it is named: the working directory may have one that is not meant. */
const readConfig = (settings: Readonly<Record<string, string | undefined>>): Config =>
  settings['TALARIA_CONFIG'] === undefined ? toConfig(readEnvironment(settings)) : loadConfig(settings);

interface Keys {
  API_SERVER_KEY?: string;
  API_SERVER_OPERATOR_KEY?: string;
}

/** A server with a key admits only its operator to the journal. */
const toKeys = (apiKey: string | undefined): Keys =>
  apiKey === undefined ? {} : { API_SERVER_KEY: apiKey, API_SERVER_OPERATOR_KEY: randomUUID() };

function toInitial(rules: TalariaOptions['rules'], strict: boolean | undefined): RuleSet | undefined {
  if (rules === undefined && strict === undefined) return undefined;
  return { ...toRuleSet(rules ?? []), ...(strict === undefined ? {} : { strict }) };
}
