import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { readEnvironment, readVariables } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { createLog, type Log } from '../log.ts';
import { RecordingError } from '../recording/read-recording.ts';
import { type Server, startServer } from '../server.ts';
import { announce } from './announce.ts';
import { ProcessGuard } from './process-guard.ts';
import { toSettingsPlace } from './to-settings-place.ts';
import { untilStopped } from './until-stopped.ts';

/** The surroundings of a process that serves: who stops it and who learns that it listens. */
interface Surroundings {
  /** Resolves with the signal that stops the process. */
  stopped: Promise<NodeJS.Signals>;
  onReload(reload: () => void): void;
  announce(url: string, config: Config, log: Log): void;
  /** Whether to check the agents after the start. */
  checksAgents: boolean;
}

/** Serves until the process is stopped, by default by a signal. Returns the exit code. */
export async function serveProcess(
  config: Config,
  surroundings: Surroundings = {
    stopped: untilStopped(),
    onReload: (reload) => process.on('SIGHUP', reload),
    announce,
    checksAgents: true,
  },
): Promise<number> {
  const log = createLog(config.logLevel);
  // After an unhandled failure the last lines are the ones that matter.
  process.once('exit', () => log.flush());
  const guard = new ProcessGuard(log);
  await using server = await startServer(config, log).catch((reason) => {
    throw reason instanceof RecordingError ? toConfigError(reason, config) : reason;
  });
  guard.stop = () => server.fail();
  // Registered before the server announces itself. Until then SIGHUP ends the process.
  surroundings.onReload(() => reload(server, { file: config.file, log }));
  surroundings.announce(server.url, config, log);
  if (surroundings.checksAgents) checkAgents(config, log);
  const signal = await surroundings.stopped;
  log.info({ signal }, 'stopping');
  // Ctrl+C comes from a terminal: there is no load balancer to wait for.
  if (signal === 'SIGTERM') await server.drain();
  return 0;
}

/** Imports the check after the start, which it must not delay. */
function checkAgents({ agents }: Config, log: Log): void {
  void import('../doctor/check-at-start.ts')
    .then(({ checkAtStart }) => checkAtStart(agents, toSettingsPlace(), log))
    .catch((err: unknown) => log.error({ err }, 'failed to check agents'));
}

/** Names the setting of the agent whose recording cannot be used. */
function toConfigError({ file, message }: RecordingError, { agents, file: configFile }: Config): ConfigError {
  if (readEnvironment().agentUrl !== undefined) return new ConfigError(`AGENT_URL: ${message}`);
  const [name] = [...agents].find(([, agent]) => agent.kind === 'replay' && agent.file === file) ?? [];
  return new ConfigError(`${configFile}: agents.${name}.url: ${message}`);
}

/** Reloads the rules, keys and tenants. A missing or invalid file is logged and leaves the server as it is. */
function reload(server: Server, { file, log }: { file: string | undefined; log: Log }): void {
  const hasRules = server.reloadRules();
  if (file === undefined && hasRules) return;
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
