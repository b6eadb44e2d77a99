import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { readEnvironment, readVariables } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { createLog, type Log } from '../log.ts';
import { RecordingError } from '../recording/read-recording.ts';
import { type Server, startServer } from '../server.ts';
import type { Command } from './command.ts';
import { parseWords } from './parse-words.ts';
import { ProcessGuard } from './process-guard.ts';
import { toSettingsPlace } from './to-settings-place.ts';
import { untilStopped } from './until-stopped.ts';

const help = `Usage: talaria serve [OPTIONS]

Start the server. Runs until Ctrl+C or SIGTERM.
Without settings, an offline agent answers on http://127.0.0.1:8642, and data is stored in talaria.db.

Options:
  -h, --help   Print this help

Environment (the README lists all variables):
  API_SERVER_HOST   Address to listen on (default: 127.0.0.1)
  API_SERVER_PORT   Port to listen on (default: 8642)
  API_SERVER_KEY    API key that clients must send
  AGENT_URL         offline:, replay:FILE, or the URL of an OpenAI-compatible API including /v1 (default: offline:)
  STORE_URL         sqlite:FILE, memory: or postgres://… (default: sqlite:talaria.db)
  TALARIA_CONFIG    File with agents, tenants and keys (default: talaria.yaml, if it exists)
  LOG_LEVEL         Log level on standard error (default: info)

Send SIGHUP to reload the keys and tenants of the file.
`;

export const serve: Command = {
  async run(args) {
    if (parseWords({ args, help, options: {} }) === undefined) return 0;
    const config = loadConfig();
    const log = createLog(config.logLevel);
    // After an unhandled failure the last lines are the ones that matter.
    process.once('exit', () => log.flush());
    const guard = new ProcessGuard(log);
    const stopped = untilStopped();
    await using server = await startServer(config, log).catch((reason) => {
      throw reason instanceof RecordingError ? toConfigError(reason, config) : reason;
    });
    guard.stop = () => server.fail();
    // Registered before the server announces itself. Until then SIGHUP ends the process.
    process.on('SIGHUP', () => reload(server, { file: config.file, log }));
    process.stdout.write(`Talaria listens on ${server.url} (docs: ${server.url}/docs)\n`);
    log.info({ url: server.url, agents: [...config.agents.keys()], store: config.store.kind }, 'listening');
    // Imported after the start, which it must not delay.
    void import('../doctor/check-at-start.ts')
      .then(({ checkAtStart }) => checkAtStart(config.agents, toSettingsPlace(), log))
      .catch((err: unknown) => log.error({ err }, 'failed to check agents'));
    const signal = await stopped;
    log.info({ signal }, 'stopping');
    // Ctrl+C comes from a terminal: there is no load balancer to wait for.
    if (signal === 'SIGTERM') await server.drain();
    return 0;
  },
};

/** Names the setting of the agent whose recording cannot be used. */
function toConfigError({ file, message }: RecordingError, { agents, file: configFile }: Config): ConfigError {
  if (readEnvironment().agentUrl !== undefined) return new ConfigError(`AGENT_URL: ${message}`);
  const [name] = [...agents].find(([, agent]) => agent.kind === 'replay' && agent.file === file) ?? [];
  return new ConfigError(`${configFile}: agents.${name}.url: ${message}`);
}

/** Reloads keys and tenants. A missing or invalid file is logged and leaves the server as it is. */
function reload(server: Server, { file, log }: { file: string | undefined; log: Log }): void {
  if (file === undefined) {
    log.warn({ reason: 'the server was started without a configuration file' }, 'nothing to reload');
    return;
  }
  try {
    // By name, also for the default file: a file that has disappeared is an error, not an empty one.
    const config = loadConfig({ ...readVariables(), TALARIA_CONFIG: file });
    server.reload(config);
    log.info({ file: config.file, keys: config.tenancy.keys?.length }, 'reloaded keys and tenants');
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message : String(error);
    log.error({ reason }, 'failed to reload keys and tenants');
  }
}
