import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Time for a program to start, and for one to stop before it is killed. */
const startMs = 120_000;
const stopMs = 5_000;

export interface ChildOptions {
  command: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** The program has started when this URL answers with any status below 500. */
  readyUrl: string;
  readyHeaders?: Record<string, string>;
}

/** A program in a process group of its own, so that its children end with it. */
export interface Child extends AsyncDisposable {
  pid: number;
  /** The end of its output. */
  output(): string;
}

export async function startChild({
  command,
  args,
  cwd,
  env,
  readyUrl,
  readyHeaders = {},
}: ChildOptions): Promise<Child> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-8000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} exited with ${code}: ${output.slice(-600)}`)));
  });
  // Also observed after the start.
  failed.catch(() => {});
  const stop = () => stopGroup(child);
  try {
    await Promise.race([untilReady(readyUrl, readyHeaders), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, output: () => output, [Symbol.asyncDispose]: stop };
}

async function untilReady(url: string, headers: Record<string, string>): Promise<void> {
  const deadline = performance.now() + startMs;
  for (;;) {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await response?.body?.cancel();
    if (response !== undefined && response.status < 500) return;
    if (performance.now() > deadline) throw new Error(`${url} did not answer within ${startMs / 1000} s.`);
    await delay(200);
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  kill(child.pid, 'SIGTERM');
  await Promise.race([exited, delay(stopMs)]);
  kill(child.pid, 'SIGKILL');
}

/** The group may be gone already. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {}
}
