import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for every program, whatever its kernel's clock (`USER_HZ`). */
const microsecondsPerTick = 10_000;
const bytesPerKilobyte = 1024;

/** CPU time of a process so far, user and system, all its threads: microseconds, in steps of 10 ms. */
export function readCpuTime(pid: number): number {
  const stat = readProcess(pid, 'stat');
  // The second field is a name in brackets that may hold anything; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick;
}

/** The most memory that was resident at once, in bytes. */
export function readPeakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProcess(pid, 'status'))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has no VmHWM: has it ended?`);
  return Number(kilobytes) * bytesPerKilobyte;
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (cause) {
    throw new Error(`Cannot read /proc/${pid}/${file}: the bench measures running processes, on Linux only.`, {
      cause,
    });
  }
}
