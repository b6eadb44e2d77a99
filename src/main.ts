#!/usr/bin/env node
import { toConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { readEnvironment } from './config/env.ts';
import { describeStartError } from './describe-start-error.ts';
import { createLog } from './log.ts';
import { startServer } from './server.ts';

async function main(): Promise<void> {
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
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : describeStartError(error)}\n`);
  process.exitCode = 1;
}
