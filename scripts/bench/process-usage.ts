import { readdirSync, readFileSync } from 'node:fs';

const bytesPerKilobyte = 1024;
const nanosecondsPerMicrosecond = 1000;

/**
 * CPU time of a process so far in microseconds: user and system, all threads that live. Read from the scheduler's own
 * count: the one in `/proc/PID/stat` goes in steps of 10 ms, which is a tenth of a round.
 */
export function readCpuTime(pid: number): number {
  const threads = readProcess(pid, 'task', (path) => readdirSync(path));
  const times = threads.map((thread) => Number(readProcess(pid, `task/${thread}/schedstat`, readText).split(' ')[0]));
  return times.reduce((total, time) => total + time, 0) / nanosecondsPerMicrosecond;
}

/** The most memory that was resident at once, in bytes. */
export function readPeakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProcess(pid, 'status', readText))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has no VmHWM: has it ended?`);
  return Number(kilobytes) * bytesPerKilobyte;
}

const readText = (path: string): string => readFileSync(path, 'utf8');

function readProcess<Content>(pid: number, file: string, read: (path: string) => Content): Content {
  try {
    return read(`/proc/${pid}/${file}`);
  } catch (cause) {
    throw new Error(`Cannot read /proc/${pid}/${file}: the bench measures running processes, on Linux only.`, {
      cause,
    });
  }
}
