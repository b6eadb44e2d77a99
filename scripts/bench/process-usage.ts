import { readdirSync, readFileSync } from 'node:fs';

const bytesPerKilobyte = 1024;
const nanosecondsPerMicrosecond = 1000;

/**
 * Returns the CPU time of a process and its children in microseconds: user and system, all live threads. Reads the
 * scheduler's counter: the one in `/proc/PID/stat` has a resolution of 10 ms, a tenth of a round.
 */
export function readCpuTime(pid: number): number {
  const times = listThreads(pid).map((task) => Number(readText(`${task}/schedstat`).split(' ')[0]));
  return sum(times) / nanosecondsPerMicrosecond + sumOfChildren(pid, readCpuTime);
}

/** Returns the resident memory of a process and its children, in bytes. */
export const readMemory = (pid: number): number => readKilobytes(pid, 'VmRSS') * bytesPerKilobyte;

/** Returns the sum of their peaks, in bytes. */
export const readPeakMemory = (pid: number): number => readKilobytes(pid, 'VmHWM') * bytesPerKilobyte;

function readKilobytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readText(`/proc/${pid}/status`))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has no ${field}; it may have exited.`);
  return Number(kilobytes) + sumOfChildren(pid, (child) => readKilobytes(child, field));
}

const listThreads = (pid: number): string[] =>
  read(`/proc/${pid}/task`, (path) => readdirSync(path)).map((thread) => `/proc/${pid}/task/${thread}`);

/** Threads have children, not processes. */
const listChildren = (pid: number): number[] =>
  listThreads(pid).flatMap((task) => (readText(`${task}/children`).match(/\d+/g) ?? []).map(Number));

/** A child that has exited meanwhile counts nothing. */
function sumOfChildren(pid: number, readOne: (child: number) => number): number {
  const values = listChildren(pid).map((child) => {
    try {
      return readOne(child);
    } catch {
      return 0;
    }
  });
  return sum(values);
}

const readText = (path: string): string => read(path, (file) => readFileSync(file, 'utf8'));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function read<Content>(path: string, from: (path: string) => Content): Content {
  try {
    return from(path);
  } catch (cause) {
    throw new Error(`Cannot read ${path}: the bench measures running processes, on Linux only.`, { cause });
  }
}
