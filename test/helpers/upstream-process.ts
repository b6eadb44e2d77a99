/** The test upstream as a child process, for tests that kill it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startUpstream, type UpstreamClose } from './upstream.ts';

export interface UpstreamStats {
  openStreams: number;
  /** Requests read so far. */
  requests: number;
  closed: UpstreamClose[];
  /** `Date.now()` of the last exchange that closed. */
  lastCloseAt?: number;
}

export interface UpstreamProcess extends AsyncDisposable {
  /** The base that `AGENT_URL` takes. */
  url: string;
  pid: number;
  /** Resolves when the process has exited. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  stats(): Promise<UpstreamStats>;
  /** Resolves with the next exchange that closes. */
  nextClose(): Promise<UpstreamClose>;
}

/** Forks this file; resolves when the upstream listens. `upstream.ts` documents its commands. */
export async function startUpstreamProcess(): Promise<UpstreamProcess> {
  const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const [{ url }] = await once(child, 'message');
  return {
    url,
    pid: child.pid ?? -1,
    kill: (signal = 'SIGKILL') => stop(child, signal),
    stats: () => ask(child, 'stats'),
    nextClose: () => ask(child, 'nextClose'),
    [Symbol.asyncDispose]: () => stop(child, 'SIGKILL'),
  };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

let lastQuestion = 0;

/** Answers carry the number of their question: `nextClose` may be pending while `stats` is answered. */
function ask<T>(child: ChildProcess, question: string): Promise<T> {
  const number = ++lastQuestion;
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the upstream process has exited'));
    const onMessage = (message: { number?: number; answer?: unknown }) => {
      if (message.number !== number) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      // Each question has one type of answer; see the child below.
      resolve(message.answer as T);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.send({ number, question });
  });
}

async function serve(): Promise<void> {
  const upstream = await startUpstream();
  const toStats = (): UpstreamStats => {
    const last = upstream.closed.at(-1);
    return {
      openStreams: upstream.openStreams,
      requests: upstream.requests.length,
      closed: upstream.closed,
      ...(last === undefined ? {} : { lastCloseAt: last.at }),
    };
  };
  process.on('message', async ({ number, question }: { number: number; question: string }) => {
    process.send?.({ number, answer: question === 'stats' ? toStats() : await upstream.nextClose() });
  });
  // The parent died without killing this process.
  process.on('disconnect', () => process.exit());
  process.send?.({ url: upstream.url });
}

if (import.meta.main) await serve();
