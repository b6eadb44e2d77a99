import cluster from 'node:cluster';
import type { Config } from '../config/config.ts';
import { divideConfig } from '../workers/divide-config.ts';
import { ignoreHangup, leavePrimary, onReload, reportListening, untilOrderedToStop } from '../workers/worker.ts';
import { serveProcess } from './serve-process.ts';

/** Serves as one of several processes, by the orders of the primary one. Returns the exit code. */
export async function serveAsWorker(config: Config): Promise<number> {
  ignoreHangup();
  try {
    return await serveProcess(divideConfig(config), {
      stopped: untilOrderedToStop(),
      onReload,
      announce: reportListening,
      // Once for the server is enough.
      checksAgents: cluster.worker?.id === 1,
    });
  } finally {
    leavePrimary();
  }
}
