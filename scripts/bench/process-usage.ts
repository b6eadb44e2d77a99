import { readdirSync, readFileSync } from 'node:fs';

const bytesPerKilobyte = 1024;
const nanosecondsPerMicrosecond = 1000;

/**
 * Returns the CPU time of a process in microseconds: user and system, all live threads. Reads the scheduler's counter:
 * the one in `/proc/PID/stat` has a resolution of 10 ms, a tenth of a round.
 */
export function readCpuTime(pid: number): number {
  const threads = readProcess(pid, 'task', (path) => readdirSync(path));
  const times = threads.map((thread) => Number(readProcess(pid, `task/${thread}/schedstat`, readText).split(' ')[0]));
  return times.reduce((total, time) => total + time, 0) / nanosecondsPerMicrosecond;
}

/** Returns the peak resident memory in bytes. */
export function readPeakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProcess(pid, 'status', readText))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has no VmHWM; it may have exited.`);
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
