import cluster from 'node:cluster';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Command } from './command.ts';
import { endSoon } from './end-soon.ts';
import { parseWords } from './parse-words.ts';

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
  WORKERS           Processes that share the port (default: 1)
  TALARIA_CONFIG    File with agents, tenants and keys (default: talaria.yaml, if it exists)
  LOG_LEVEL         Log level on standard error (default: info)

Send SIGHUP to reload the keys and tenants of the file.
`;

export const serve: Command = {
  async run(args) {
    if (parseWords({ args, help, options: {} }) === undefined) return 0;
    try {
      return await serveBy(loadConfig());
    } finally {
      endSoon();
    }
  },
};

async function serveBy(config: Config): Promise<number> {
  if (config.workers > 1 && cluster.isPrimary) {
    const { serveWithWorkers } = await import('./serve-with-workers.ts');
    return await serveWithWorkers(config);
  }
  const { serveProcess } = await import('./serve-process.ts');
  if (cluster.isPrimary) return await serveProcess(config);
  const { serveAsWorker } = await import('./serve-as-worker.ts');
  return await serveAsWorker(config);
}
