import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readCpuTime, readPeakMemory } from '../../scripts/bench/process-usage.ts';

const microsecondsPerMillisecond = 1000;

describe('the usage of a process', { skip: existsSync('/proc/self/schedstat') ? false : 'needs /proc' }, () => {
  it('counts CPU time as the process itself does', () => {
    const own = process.cpuUsage();
    const before = readCpuTime(process.pid);
    const end = performance.now() + 100;
    while (performance.now() < end) JSON.stringify(own);
    const counted = readCpuTime(process.pid) - before;
    const { user, system } = process.cpuUsage(own);
    const difference = Math.abs(counted - (user + system));
    assert.ok(difference < 10 * microsecondsPerMillisecond, `${counted} and ${user + system}`);
  });

  it('reports the peak memory, also after it was freed', () => {
    const before = readPeakMemory(process.pid);
    const size = 64 * 1024 * 1024;
    Buffer.alloc(size, 1);
    assert.ok(readPeakMemory(process.pid) >= before);
    assert.ok(readPeakMemory(process.pid) > size);
  });

  it('reports an unreadable process', () => {
    assert.throws(() => readCpuTime(-1), /Cannot read \/proc\/-1\/task: the bench measures running processes/);
  });
});
