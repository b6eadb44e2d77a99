import cluster from 'node:cluster';
import type { WorkerOrder, WorkerReport } from './messages.ts';

/** Tells the primary process that this worker listens. */
export function reportListening(url: string): void {
  const report: WorkerReport = { kind: 'listening', url };
  process.send?.(report);
}

/**
 * Resolves with the first order or signal to stop. Later ones are ignored: Ctrl+C on a terminal, and service managers,
 * signal every process of the group, and the primary process passes its own signal on. When that ends, Node ends the
 * worker.
 */
export function untilOrderedToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
    process.on('message', (order: WorkerOrder) => order.kind === 'stop' && resolve(order.signal));
  });
}

/** Calls back at each order to reload. SIGHUP itself, of a closed terminal, is left to the primary process. */
export function onReload(reload: () => void): void {
  process.on('message', (order: WorkerOrder) => order.kind === 'reload' && reload());
}

export function ignoreHangup(): void {
  process.on('SIGHUP', () => undefined);
}

/** Lets the worker end: the channel to the primary process would keep it alive. */
export function leavePrimary(): void {
  cluster.worker?.disconnect();
}
