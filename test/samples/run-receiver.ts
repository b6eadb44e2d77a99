import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleEnvironment } from './sample-server.ts';

export interface Receiver {
  command: [program: string, ...words: string[]];
  cwd: string;
  port: number;
  /** Causes the webhook. */
  cause(): Promise<unknown>;
}

const deadlineMs = 30_000;

/** Starts a receiver of webhooks, causes one, and returns the first line that the receiver prints. */
export async function runReceiver({ command: [program, ...words], cwd, port, cause }: Receiver): Promise<string> {
  const receiver = spawn(program, words, { cwd, env: sampleEnvironment, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(receiver, 'exit').then(([code]) => `The receiver exited with ${code}.`);
  try {
    const line = once(createInterface(receiver.stdout), 'line', { signal: AbortSignal.timeout(deadlineMs) });
    line.catch(() => undefined);
    await Promise.race([untilListening(port), exited]);
    await cause();
    return await Promise.race([line.then(([text]) => String(text)), exited]);
  } finally {
    receiver.kill();
    await exited;
  }
}

async function untilListening(port: number): Promise<void> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(50)) {
    const socket = connect(port, '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
  }
  throw new Error(`Nothing listens on port ${port}.`);
}
