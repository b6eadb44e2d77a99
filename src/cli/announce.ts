import type { Config } from '../config/config.ts';
import type { Log } from '../log.ts';

/** Prints and logs that the server is ready. */
export function announce(url: string, { agents, store, workers }: Config, log: Log): void {
  process.stdout.write(`Talaria listens on ${url} (docs: ${url}/docs)\n`);
  log.info(
    { url, agents: [...agents.keys()], store: store.kind, workers: workers > 1 ? workers : undefined },
    'listening',
  );
}
