/**
 * A client that uses the server while another client attacks: it reads one slow stream and polls `/health`. It runs in
 * its own process, so that the attacker's work does not count as the server's delay.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface BystanderOptions {
  /** URL of the server: `http://127.0.0.1:PORT`. */
  url: string;
  /** The bearer key, if the server requires one. */
  key?: string;
  /** The request for its stream, which must outlast the attack, with an event at least every 100 ms. */
  stream: { path: string; body: object };
}

/** The measurements of a bystander. Times are in milliseconds. */
export interface BystanderReport {
  /** The longest time until `/health` answered; infinite when it failed. */
  healthMs: number;
  /** The longest time between two reads of the stream. */
  streamGapMs: number;
  /** Reads of the stream so far. */
  reads: number;
  /** Whether the stream was still open when the measurements ended. */
  isStreaming: boolean;
  failure: string | undefined;
}

export interface Bystander extends AsyncDisposable {
  /** Ends the measurements. */
  report(): Promise<BystanderReport>;
}

/** Starts a bystander. Resolves once its stream has begun and `/health` has answered. */
export async function startBystander(options: BystanderOptions): Promise<Bystander> {
  const child = fork(import.meta.filename, [JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return {
    async report() {
      child.send('report');
      const [report] = await once(child, 'message');
      return { ...report, healthMs: report.healthMs ?? Number.POSITIVE_INFINITY };
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    },
  };
}

/** Interval at which `/health` is polled. */
const pollMs = 50;
/** Time-out of one poll. */
const patienceMs = 60_000;

async function watch({ url, key, stream }: BystanderOptions): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const seen: BystanderReport = { healthMs: 0, streamGapMs: 0, reads: 0, isStreaming: false, failure: undefined };
  let lastReadAt = performance.now();
  const noteGap = () => {
    seen.streamGapMs = Math.max(seen.streamGapMs, performance.now() - lastReadAt);
  };
  const read = async (begun: () => void): Promise<void> => {
    const response = await fetch(`${url}${stream.path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(stream.body),
    });
    if (response.status !== 200) throw new Error(`its stream was refused: ${response.status} ${await response.text()}`);
    seen.isStreaming = true;
    for await (const _bytes of response.body ?? []) {
      if (seen.reads > 0) noteGap();
      lastReadAt = performance.now();
      seen.reads += 1;
      begun();
    }
    throw new Error('its stream ended');
  };
  const look = async (): Promise<void> => {
    const started = performance.now();
    try {
      const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(patienceMs) });
      await response.text();
      if (response.status !== 200) throw new Error(`/health answered ${response.status}`);
      seen.healthMs = Math.max(seen.healthMs, performance.now() - started);
    } catch (error) {
      seen.healthMs = Number.POSITIVE_INFINITY;
      seen.failure ??= `${error}`;
    }
  };
  const begun = Promise.withResolvers<void>();
  read(begun.resolve).catch((error: unknown) => {
    seen.isStreaming = false;
    seen.failure ??= `${error}`;
    begun.resolve();
  });
  await Promise.all([begun.promise, look()]);
  let isOver = false;
  process.once('message', () => {
    isOver = true;
  });
  process.send?.('ready');
  while (!isOver) {
    await look();
    await delay(pollMs);
  }
  if (seen.isStreaming) noteGap();
  process.send?.(seen, () => process.exit());
}

if (import.meta.main) {
  process.on('disconnect', () => process.exit());
  await watch(JSON.parse(process.argv[2] ?? ''));
}
