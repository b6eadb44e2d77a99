import { closeSync, openSync, rmSync } from 'node:fs';
import { limits } from '../limits.ts';

/** Somebody else holds the lock, and does not let go. */
export class LockError extends Error {
  override readonly name = 'LockError';
}

/**
 * Does what must not be done twice at a time, such as reading a file and writing it changed. Others wait, for a moment;
 * then a LockError tells them which file to remove if nobody is there any more. What the file system refuses is thrown as it is.
 */
export function withLock(file: string, action: () => void, waitMs: number = limits.lockMs): void {
  const lock = `${file}.lock`;
  take(lock, waitMs);
  try {
    action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string, waitMs: number): void {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      return closeSync(openSync(lock, 'wx', 0o600));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (performance.now() > deadline) throw new LockError(`${lock} is there: remove it if nobody is at work`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, limits.lockPollMs);
  }
}
