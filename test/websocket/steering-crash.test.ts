import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortLease } from '../cluster/cluster.ts';
import { createRandom } from '../helpers/random.ts';
import { lastingStores } from '../helpers/store-urls.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { checkSteered, steerUntilKilled } from './steer-until-killed.ts';

/** Set `STEER_KILLS` for a longer test, and run it with `node --test`, which has no time limit. */
const kills = Number(process.env['STEER_KILLS'] ?? 2);
const runs = 12;

describe('input that was accepted by a server that is killed', () => {
  for (const [index, kind] of lastingStores.entries()) {
    it(`is applied once by another server, with ${kind.name}`, async (context) => {
      await using opened = await kind.open();
      const settings = { ...shortLease, STORE_URL: opened.url, LOG_LEVEL: 'silent', RUN_RECOVERY: 'resume' };
      await using survivor = await startTalaria(settings);
      let applied = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const seed = 1000 * index + kill;
        const steered = await steerUntilKilled(settings, { random: createRandom(seed), runs });
        const checks = await Promise.allSettled(steered.map((run) => checkSteered(run, survivor)));
        for (const [run, check] of checks.entries()) {
          if (check.status === 'fulfilled') applied += Number(check.value);
          else throw new Error(`with seed ${seed}, run ${run}`, { cause: check.reason });
        }
      }
      context.diagnostic(`${applied} of ${kills * runs} runs had accepted input`);
      assert.ok(applied > 0);
    });
  }
});
