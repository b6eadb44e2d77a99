import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Polls until a condition holds. Fails after a minute, as machines may be busy. `what` names it in the message. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, `${what} took too long`);
    await sleep(10);
  }
}
