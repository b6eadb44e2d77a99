/**
 * Polls `/health` of a server without pause, in a process of its own, so that the generator's work does not count as the
 * server's delay.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** One answer that took long. Times are in milliseconds; `startedAt` is in `Date.now()`. */
export interface Pause {
  startedAt: number;
  milliseconds: number;
}

export interface HealthReport {
  longestMs: number;
  polls: number;
  /** All that took longer than `noteMs`. */
  pauses: Pause[];
}

export interface HealthWatch extends AsyncDisposable {
  /** Ends the measurement. */
  report(): Promise<HealthReport>;
}

const pollMs = 25;
const noteMs = 300;
const patienceMs = 120_000;

export async function startHealthWatch(url: string): Promise<HealthWatch> {
  const child = fork(import.meta.filename, [url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(child, 'message');
  return {
    async report() {
      child.send('report');
      const [report] = await once(child, 'message');
      return report;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    },
  };
}

/** Milliseconds to a whole answer, or to the failure to get one. */
function poll(url: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => {
    const finish = () => resolve(performance.now() - started);
    request(`${url}/health`, { signal: AbortSignal.timeout(patienceMs) }, (response) => {
      response.resume().once('close', finish);
    })
      .once('error', finish)
      .end();
  });
}

async function watch(url: string): Promise<void> {
  const report: HealthReport = { longestMs: 0, polls: 0, pauses: [] };
  let isOver = false;
  await poll(url);
  process.once('message', () => {
    isOver = true;
  });
  process.send?.('ready');
  while (!isOver) {
    const startedAt = Date.now();
    const milliseconds = await poll(url);
    report.polls += 1;
    report.longestMs = Math.max(report.longestMs, milliseconds);
    if (milliseconds > noteMs) report.pauses.push({ startedAt, milliseconds });
    await delay(pollMs);
  }
  process.send?.(report, () => process.exit());
}

if (import.meta.main) {
  process.on('disconnect', () => process.exit());
  await watch(process.argv[2] ?? '');
}
