import cluster from 'node:cluster';
import type { Config } from '../config/config.ts';
import { readVariables } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Command } from './command.ts';
import { endSoon } from './end-soon.ts';
import { parseWords } from './parse-words.ts';

const help = `Usage: talaria serve [OPTIONS]

Start the server. Runs until Ctrl+C or SIGTERM.
Without settings, an offline agent answers on http://127.0.0.1:8642, and data is stored in talaria.db.

Options:
  --strict     Refuse requests that no rule matches (with AGENT_URL=rules:FILE)
  -h, --help   Print this help

Environment (the README lists all variables):
  API_SERVER_HOST   Address to listen on (default: 127.0.0.1)
  API_SERVER_PORT   Port to listen on (default: 8642)
  API_SERVER_KEY    API key that clients must send
  AGENT_URL         offline:, rules:FILE, replay:FILE, or the URL of an OpenAI-compatible API including /v1 (default: offline:)
  STORE_URL         sqlite:FILE, memory: or postgres://… (default: sqlite:talaria.db)
  WORKERS           Processes that share the port (default: 1)
  TALARIA_CONFIG    File with agents, tenants and keys (default: talaria.yaml, if it exists)
  LOG_LEVEL         Log level on standard error (default: info)

Send SIGHUP to reload the keys and tenants of the file, and the rules.
`;

export const serve: Command = {
  async run(args) {
    const words = parseWords({ args, help, options: { strict: { type: 'boolean', default: false } } });
    if (words === undefined) return 0;
    const strict = words.values.strict ? { AGENT_RULES_STRICT: '1' } : {};
    try {
      return await serveBy(loadConfig({ ...readVariables(), ...strict }));
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
