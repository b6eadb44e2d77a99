import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { divideConfig } from '../../src/workers/divide-config.ts';

const share = (settings: Record<string, string>) =>
  divideConfig(toConfig(readEnvironment({ STORE_URL: 'sqlite:x.db', ...settings })));
const upstream = { AGENT_URL: 'http://127.0.0.1:1/v1' };

describe('the share of a worker', () => {
  it('is the part of each bound on concurrent work, rounded down', () => {
    const { runs, bodies, agents } = share({ ...upstream, WORKERS: '3', MAX_RUNS: '512', AGENT_MAX_RUNS: '8' });
    assert.deepEqual([runs.atOnce, runs.queued, bodies.largeAtOnce], [170, 682, 1]);
    const agent = agents.get('default');
    assert.equal(agent?.kind === 'upstream' && agent.settings.maxRuns, 2);
  });

  it('is at least one large body, and may be no queued run', () => {
    const { runs, bodies } = share({ WORKERS: '8', MAX_QUEUED_RUNS: '4' });
    assert.deepEqual([runs.queued, bodies.largeAtOnce], [0, 1]);
  });

  it('divides the slots of a Hermes without max_runs', () => {
    const agent = share({ AGENT_URL: 'hermes+http://127.0.0.1:1/v1', WORKERS: '2' }).agents.get('default');
    assert.equal(agent?.kind === 'upstream' && agent.settings.maxRuns, 5);
  });

  it('refuses a bound of less than one run per worker', () => {
    assert.throws(() => share({ WORKERS: '4', MAX_RUNS: '3' }), {
      message: 'WORKERS=4 is more than MAX_RUNS=3: expected at least one run for each worker.',
    });
    assert.throws(() => share({ ...upstream, WORKERS: '4', AGENT_MAX_RUNS: '1' }), {
      message: 'WORKERS=4 is more than max_runs 1 of the agent "default": expected at least one run for each worker.',
    });
  });
});

describe('WORKERS', () => {
  const refused: [settings: Record<string, string>, complaint: RegExp][] = [
    [{ WORKERS: '0' }, /^WORKERS=0 is invalid: expected an integer from 1 to 256\.$/],
    [{ WORKERS: '2', STORE_URL: 'memory:' }, /^WORKERS=2 requires a store that processes can share: set STORE_URL/],
    [{ WORKERS: '2', STORE_URL: 'sqlite::memory:' }, /^WORKERS=2 requires a store that processes can share/],
  ];
  for (const [settings, complaint] of refused) {
    it(`is refused: ${JSON.stringify(settings)}`, () => assert.throws(() => share(settings), { message: complaint }));
  }

  it('allows one process with any store', () => {
    assert.equal(toConfig(readEnvironment({ WORKERS: '1', STORE_URL: 'memory:' })).workers, 1);
  });
});
