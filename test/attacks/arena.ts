/** Starts the real server in its own process, with a bystander, for tests that attack it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { spawnTalaria, type TestProcess } from '../helpers/talaria.ts';
import { type BystanderReport, startBystander } from './bystander.ts';

export interface ArenaOptions {
  settings?: Record<string, string>;
  /** The key of the bystander, if the server requires one. */
  key?: string;
  /** A running server to use instead of a new one. It outlives the arena. */
  server?: TestProcess;
}

export interface Bounds {
  /** Milliseconds. */
  healthMs?: number;
  streamGapMs?: number;
  /** Peak resident memory of the server, if the system reports it. */
  megabytes?: number;
}

export interface Arena extends AsyncDisposable {
  server: TestProcess;
  /** Asserts that the server runs, served its bystander throughout, and kept the bounds. Ends the bystander. */
  assertUnharmed(bounds?: Bounds): Promise<BystanderReport>;
}

/**
 * Bounds wide enough for a busy machine. A successful attack exceeds them by far; on an idle machine both times stay
 * under 100 ms.
 */
const usual = { healthMs: 2_000, streamGapMs: 2_000, megabytes: 900 };

/** Scripts of a stream that outlasts every attack, for the offline agent and for the test upstream. */
const stream = {
  path: '/v1/responses',
  body: { input: '/tokens 90000 delay 20ms\nslow 90000x20ms', stream: true, store: false },
};

export async function startArena({ settings = {}, key, server: running }: ArenaOptions = {}): Promise<Arena> {
  await using stack = new AsyncDisposableStack();
  const server = running ?? stack.use(await spawnTalaria({ LOG_LEVEL: 'info', ...settings }));
  const bystander = stack.use(await startBystander({ url: server.url, stream, ...(key === undefined ? {} : { key }) }));
  const parts = stack.move();
  return {
    server,
    async assertUnharmed(bounds = {}) {
      const { healthMs, streamGapMs, megabytes } = { ...usual, ...bounds };
      const report = await bystander.report();
      const { exitCode, signalCode, pid } = server.process;
      assert.deepEqual([exitCode, signalCode], [null, null], `the server died: ${server.stderr().slice(-2000)}`);
      assert.equal(report.failure, undefined);
      assert.ok(report.isStreaming, 'the stream of the bystander ended');
      assert.ok(report.healthMs <= healthMs, `/health took ${Math.round(report.healthMs)} ms`);
      assert.ok(report.streamGapMs <= streamGapMs, `the stream paused for ${Math.round(report.streamGapMs)} ms`);
      const peak = readPeakMegabytes(pid);
      if (peak !== undefined) assert.ok(peak <= megabytes, `the server took ${Math.round(peak)} MB`);
      return report;
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Returns the peak memory of a process, which only Linux reports. */
export function readPeakMegabytes(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
