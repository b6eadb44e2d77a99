import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRecording } from '../../src/recording/read-recording.ts';
import type { RecordedExchange } from '../../src/recording/recording.ts';
import { waitUntil } from '../helpers/wait-until.ts';

export interface Recorder extends AsyncDisposable {
  /** The client's base URL: the proxy's address with the upstream's path. */
  url: string;
  file: string;
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when the recording has that many exchanges. */
  exchanges(count: number): Promise<RecordedExchange[]>;
  /** Stops it like Ctrl+C. Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts `talaria record URL` as a child process on a free port. Without `--out` it records to a new folder. */
export async function spawnRecorder(upstream: string, ...args: string[]): Promise<Recorder> {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-record-'));
  const at = args.indexOf('--out');
  const file = at < 0 ? join(folder, 'recording.jsonl') : (args[at + 1] ?? '');
  const words = [main, 'record', upstream, '--port', '0', ...(at < 0 ? ['--out', file] : []), ...args];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      const url = /http:\/\/\S+/.exec(stdout)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The recorder ended with ${code} before it listened: ${stderr}`)));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal);
    const [code, by] = await exit;
    return code ?? by;
  };
  return {
    ...{ url, file, process: child, stop },
    stdout: () => stdout,
    stderr: () => stderr,
    exchanges: (count) => waitForExchanges(file, count),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Polls the file: an exchange is written after the client's end, and a line may be read while it is written. */
async function waitForExchanges(file: string, count: number): Promise<RecordedExchange[]> {
  let exchanges: RecordedExchange[] | undefined;
  await waitUntil(() => {
    exchanges = tryRead(file);
    return exchanges !== undefined && exchanges.length >= count;
  }, `a recording of ${count} exchanges`);
  return exchanges ?? [];
}

function tryRead(file: string): RecordedExchange[] | undefined {
  try {
    return readRecording(file).exchanges;
  } catch {
    return undefined;
  }
}
