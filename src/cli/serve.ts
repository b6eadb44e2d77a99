import { toConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { createLog } from '../log.ts';
import { startServer } from '../server.ts';
import type { Command } from './command.ts';
import { parseWords } from './parse-words.ts';

const help = `talaria serve: answers OpenAI's APIs, until Ctrl+C or SIGTERM

  talaria serve        every setting is an environment variable; without any, it answers by itself
                       on http://127.0.0.1:8642 and keeps what is said in talaria.db

  API_SERVER_HOST, API_SERVER_PORT   where it listens
  API_SERVER_KEY                     what clients must send as their API key
  AGENT_URL                          who answers: offline:, or an OpenAI-compatible API, up to and including /v1
  STORE_URL                          what remembers: sqlite:FILE, memory:, or postgres://…
  LOG_LEVEL                          how much it tells on standard error

  The README has them all.
`;

export const serve: Command = {
  async run(args) {
    if (parseWords({ args, help, options: {} }) === undefined) return 0;
    const config = toConfig(readEnvironment());
    const log = createLog(config.logLevel);
    // Also when something that nobody caught ends the process: the last lines are then the ones that count.
    process.once('exit', () => log.flush());
    const stopped = new Promise<NodeJS.Signals>((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
    });
    await using server = await startServer(config, log);
    process.stdout.write(`Talaria listens on ${server.url} (docs: ${server.url}/docs)\n`);
    log.info({ url: server.url, agent: config.agent.kind, store: config.store.kind }, 'listening');
    log.info({ signal: await stopped }, 'stopping: running requests may end');
    return 0;
  },
};
