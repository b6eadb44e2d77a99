import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until something is so. Fails after a minute: machines may be busy. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, what = 'what is waited for'): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, `${what} took too long`);
    await sleep(10);
  }
}
