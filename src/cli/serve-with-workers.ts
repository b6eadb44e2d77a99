import type { Config } from '../config/config.ts';
import { createLog } from '../log.ts';
import { aggregateWorkers } from '../telemetry/metrics/aggregate-workers.ts';
import { listenForMetrics } from '../telemetry/metrics/listen-metrics.ts';
import { divideConfig } from '../workers/divide-config.ts';
import { WorkerPool } from '../workers/worker-pool.ts';
import { announce } from './announce.ts';
import { untilStopped } from './until-stopped.ts';

/** Serves with several processes until a signal stops them. Returns the exit code. */
export async function serveWithWorkers(config: Config): Promise<number> {
  // Refuses bounds that cannot be divided before the first worker starts.
  divideConfig(config);
  const log = createLog(config.logLevel);
  await using stack = new AsyncDisposableStack();
  const metrics = aggregateWorkers();
  const address = config.telemetry.metrics;
  if (address) stack.use(await listenForMetrics(address, metrics));
  process.once('exit', () => log.flush());
  const pool = new WorkerPool({ count: config.workers, log });
  process.on('SIGHUP', () => pool.reload());
  const stop = async () => {
    const signal = await untilStopped();
    log.info({ signal, workers: config.workers }, 'stopping');
    pool.stop(signal);
  };
  const greet = async () => announce(await pool.listening, config, log);
  void stop();
  void greet();
  return await pool.run();
}
