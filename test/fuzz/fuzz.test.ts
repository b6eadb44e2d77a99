/** The short form of `npm run fuzz`: a few hundred cases over each store, of a fixed seed and of a new one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { storeKinds } from '../helpers/store-urls.ts';
import type { AgentKind } from './fuzz-case.ts';
import { describeFailures, summarise } from './report-fuzz.ts';
import { runFuzz } from './run-fuzz.ts';

const fixedSeed = 8642;
const newSeed = Date.now() % 1_000_000;
/** Cases of each seed for one store and one agent. */
const casesOfSeed = 75;
/** Wider than those of the long form: other test files run at the same time. */
const bounds = { stallMs: 2_000, megabytes: 900 };
const agents: readonly AgentKind[] = ['offline', 'hostile'];

for (const [place, store] of storeKinds.entries()) {
  describe(store.name, () => {
    for (const [agentPlace, agent] of agents.entries()) {
      test(`survives generated requests, ${agent} agent, seeds ${fixedSeed} and ${newSeed}`, async (context) => {
        const first = (place * agents.length + agentPlace) * casesOfSeed;
        const cases = [fixedSeed, newSeed].flatMap((seed) =>
          Array.from({ length: casesOfSeed }, (_, offset) => ({ seed, index: first + offset })),
        );
        const validates = (place + agentPlace) % 2 === 1;
        const report = await runFuzz({ store, agent, validates, cases, bounds });
        const named = { ...report, store: store.name, agent };
        context.diagnostic(summarise([named]));
        assert.equal(report.cases, cases.length);
        assert.equal(describeFailures([named], newSeed), '');
      });
    }
  });
}
