/**
 * Polls `/health` of a server without pause, in a process of its own, so that the generator's work does not count as the
 * server's delay.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** One answer that took long, without the time that server and watch waited for a processor; `startedAt` is in `Date.now()`. */
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

/** `pid` is the server's process. */
export async function startHealthWatch(url: string, pid: number | undefined): Promise<HealthWatch> {
  const child = fork(import.meta.filename, [url, `${pid}`], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
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

/**
 * Milliseconds that the main thread of a process has waited for a processor so far. On a busy machine that is no pause of the
 * server's own. 0 where the system does not report it.
 */
function readQueuedMs(pid: string): number {
  try {
    const [, nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return 0;
  }
}

async function watch(url: string, pid: string): Promise<void> {
  const queuedMs = () => readQueuedMs(pid) + readQueuedMs(`${process.pid}`);
  const report: HealthReport = { longestMs: 0, polls: 0, pauses: [] };
  let isOver = false;
  await poll(url);
  process.once('message', () => {
    isOver = true;
  });
  process.send?.('ready');
  while (!isOver) {
    const startedAt = Date.now();
    const queued = queuedMs();
    const milliseconds = Math.max(0, (await poll(url)) - (queuedMs() - queued));
    report.polls += 1;
    report.longestMs = Math.max(report.longestMs, milliseconds);
    if (milliseconds > noteMs) report.pauses.push({ startedAt, milliseconds });
    await delay(pollMs);
  }
  process.send?.(report, () => process.exit());
}

if (import.meta.main) {
  process.on('disconnect', () => process.exit());
  await watch(process.argv[2] ?? '', process.argv[3] ?? '');
}
