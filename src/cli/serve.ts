import { ConfigError } from '../config/config-error.ts';
import { readVariables } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { createLog, type Log } from '../log.ts';
import { type Server, startServer } from '../server.ts';
import type { Command } from './command.ts';
import { parseWords } from './parse-words.ts';
import { ProcessGuard } from './process-guard.ts';
import { untilStopped } from './until-stopped.ts';

const help = `talaria serve: answers OpenAI's APIs, until Ctrl+C or SIGTERM

  talaria serve        settings are environment variables; without any, it answers by itself
                       on http://127.0.0.1:8642 and keeps what is said in talaria.db

  API_SERVER_HOST, API_SERVER_PORT   where it listens
  API_SERVER_KEY                     what clients must send as their API key
  AGENT_URL                          who answers: offline:, or an OpenAI-compatible API, up to and including /v1
  STORE_URL                          what remembers: sqlite:FILE, memory:, or postgres://…
  TALARIA_CONFIG                     a file with several agents, tenants and keys; talaria.yaml when it is there
  LOG_LEVEL                          how much it tells on standard error

  With a file, SIGHUP has its keys and tenants read again.

  The README has them all.
`;

export const serve: Command = {
  async run(args) {
    if (parseWords({ args, help, options: {} }) === undefined) return 0;
    const config = loadConfig();
    const log = createLog(config.logLevel);
    // Also when something that nobody caught ends the process: the last lines are then the ones that count.
    process.once('exit', () => log.flush());
    const guard = new ProcessGuard(log);
    const stopped = untilStopped();
    await using server = await startServer(config, log);
    guard.stop = () => server.fail();
    // Before anyone can know that it runs: until then the signal ends it.
    const { file } = config;
    if (file !== undefined) process.on('SIGHUP', () => reload(server, { file, log }));
    process.stdout.write(`Talaria listens on ${server.url} (docs: ${server.url}/docs)\n`);
    log.info({ url: server.url, agents: [...config.agents.keys()], store: config.store.kind }, 'listening');
    const signal = await stopped;
    log.info({ signal }, 'stopping: running requests may end');
    // Ctrl+C comes from a terminal, where no balancer has to notice first.
    if (signal === 'SIGTERM') await server.drain();
    return 0;
  },
};

/** Keys are changed under a running server: what is wrong with the file must not end it. */
function reload(server: Server, { file, log }: { file: string; log: Log }): void {
  try {
    // By its name, also where nothing named it: that it is gone is not that it says nothing.
    const config = loadConfig({ ...readVariables(), TALARIA_CONFIG: file });
    server.reload(config);
    log.info({ file: config.file, keys: config.tenancy.keys?.length }, 'keys and tenants read again');
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message : String(error);
    log.error({ reason }, 'keys and tenants stay as they were');
  }
}
