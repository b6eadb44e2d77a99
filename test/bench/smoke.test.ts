import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Measurement } from '../../scripts/bench/run-scenario.ts';
import { createSmokeScenarios } from '../../scripts/bench/scenarios.ts';
import { findRegressions, type Ratios, toRatios } from '../../scripts/bench/smoke/judge-ratios.ts';

const measurement: Measurement = {
  scenario: 'chain-100',
  figures: [
    { name: 'deep', title: 'turn 101', unit: 'µs', isRatio: true },
    { name: 'disk', title: 'on disk', unit: 'KB', isRatio: false },
  ],
  floor: [100, 200, 100].map((deep) => ({ deep, disk: 1 })),
  candidates: { Talaria: { samples: [150, 400, 250].map((deep) => ({ deep, disk: 2 })) } },
};

describe('the smoke form of the bench', () => {
  it('records the lower quartile of each ratio to the floor of the same round', () => {
    assert.deepEqual(toRatios(measurement), { 'chain-100/deep': 1.75 });
  });

  it('fails on an incorrect reply', () => {
    const wrong = { ...measurement, candidates: { Talaria: { fault: 'status 500' } } };
    assert.throws(() => toRatios(wrong), /chain-100, Talaria: status 500/);
  });

  it('reports a ratio of more than one and a half of its recorded value, and one without a recorded value', () => {
    assert.deepEqual(findRegressions({ 'chat/cpu': 3 }, { 'chat/cpu': 2 }), []);
    assert.deepEqual(findRegressions({ 'chat/cpu': 3.01 }, { 'chat/cpu': 2 }), [
      { row: 'chat/cpu', reason: "chat/cpu takes 3.01 times the floor's CPU time, more than 1.5 × 2" },
    ]);
    const [unknown] = findRegressions({ 'chat/cpu': 1 }, {});
    assert.match(unknown?.reason ?? '', /no recorded ratio\. Run: npm run bench -- smoke --record/);
  });

  it('has a recorded ratio for each row', () => {
    const file = new URL('../../scripts/bench/smoke/recorded-ratios.json', import.meta.url);
    const recorded: Ratios = JSON.parse(readFileSync(file, 'utf8'));
    const rows = createSmokeScenarios().flatMap(({ name, figures }) =>
      figures.filter(({ isRatio }) => isRatio).map((figure) => `${name}/${figure.name}`),
    );
    assert.deepEqual(Object.keys(recorded).sort(), rows.sort());
    for (const ratio of Object.values(recorded)) assert.ok(ratio > 0.1 && ratio < 20, `${ratio}`);
  });
});
