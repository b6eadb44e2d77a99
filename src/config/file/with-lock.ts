import { closeSync, openSync, rmSync } from 'node:fs';
import { limits } from '../limits.ts';

/** The lock is still held by another process. */
export class LockError extends Error {
  override readonly name = 'LockError';
}

/**
 * Runs an action under an exclusive lock, the file `FILE.lock`. Waits up to `waitMs` for another process to release it,
 * then throws a LockError that names the lock file. Errors of the file system are thrown unchanged.
 */
export function withLock(file: string, action: () => void, waitMs: number = limits.lockMs): void {
  const lock = `${file}.lock`;
  acquire(lock, waitMs);
  try {
    action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string, waitMs: number): void {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      return closeSync(openSync(lock, 'wx', 0o600));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (performance.now() > deadline) throw new LockError(`locked by ${lock}; remove it if no other process runs`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, limits.lockPollMs);
  }
}
