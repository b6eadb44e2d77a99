import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { RestartPolicy } from '../../src/workers/restart-policy.ts';

const early = limits.workerStableMs - 1;
const stable = limits.workerStableMs;

describe('the replacement of dead workers', () => {
  it('waits twice as long after each early death, and gives up when no worker is stable', () => {
    const policy = new RestartPolicy();
    const pauses = Array.from({ length: limits.workerDeaths }, () => policy.next(early, early));
    assert.deepEqual(pauses, [100, 200, 400, 800, 1600, undefined]);
  });

  it('starts again with the shortest pause after a worker that was stable', () => {
    const policy = new RestartPolicy();
    assert.deepEqual([policy.next(early, 0), policy.next(early, 0), policy.next(stable, 0)], [100, 200, 100]);
  });

  it('does not give up while another worker is stable', () => {
    const policy = new RestartPolicy();
    const pauses = Array.from({ length: limits.workerDeaths + 2 }, () => policy.next(early, stable));
    assert.deepEqual(pauses.slice(-3), [3200, 3200, 3200]);
  });
});
