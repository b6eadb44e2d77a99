import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Measurement, Outcome } from '../../scripts/bench/run-scenario.ts';
import type { Figure } from '../../scripts/bench/scenario.ts';
import { toTable } from '../../scripts/bench/to-table.ts';

const cpu: Figure = { name: 'cpu', title: 'plain, per request', unit: 'µs', isRatio: true, atMost: 2 };
const together: Figure = { name: 'together', title: 'together', unit: '', isRatio: false, atLeast: 2000 };

const toMeasurement = (figures: Figure[], candidates: Record<string, Outcome>): Measurement => ({
  scenario: 'test',
  figures,
  floor: [
    { cpu: 100, together: 2000 },
    { cpu: 50, together: 2000 },
    { cpu: 100, together: 2000 },
  ],
  candidates,
});

const sample = (cpu: number, together: number) => ({ cpu, together, rate: 4321.9, peak: 214.4 });
const slow: Outcome = { samples: [sample(300, 512), sample(200, 511), sample(200, 512)] };
const fast: Outcome = { samples: [sample(200, 2000), sample(90, 2000), sample(150, 2000)] };

/** Returns the rows without the heading. */
const toRows = (...measurements: Measurement[]): string[] => toTable(measurements).split('\n').slice(2);

describe('the table of the bench', () => {
  it('has the ratio to the floor of the same round, with quartiles, and medians of other values', () => {
    assert.deepEqual(toRows(toMeasurement([cpu], { Talaria: fast })), [
      '| plain, per request | **1.80** (1.65–1.90) | ≤ 2 | reached | 150 µs | 100 µs | 4,322 | 214 MB |',
    ]);
  });

  it('has a column for each server, and judges the last one', () => {
    assert.deepEqual(toRows(toMeasurement([cpu, together], { before: slow, Talaria: fast })), [
      '| plain, per request | **3.00** (2.50–3.50) | **1.80** (1.65–1.90) | ≤ 2 | reached | 200 / 150 µs | 100 µs | 4,322 / 4,322 | 214 / 214 MB |',
      '| together | **512** (512–512) | **2,000** (2,000–2,000) | ≥ 2,000 | reached |  | 2,000 |  |  |',
    ]);
    const [ratio = '', count = ''] = toRows(toMeasurement([cpu, together], { Talaria: slow }));
    assert.match(ratio, /≤ 2 \| missed/);
    assert.match(count, /≥ 2,000 \| missed/);
  });

  it('has a dash for a server that sent an incorrect reply, and no verdict', () => {
    assert.deepEqual(toRows(toMeasurement([cpu], { other: { fault: 'status 500' }, Talaria: fast })), [
      '| plain, per request | – | **1.80** (1.65–1.90) | ≤ 2 | reached | – / 150 µs | 100 µs | – / 4,322 | – / 214 MB |',
    ]);
    const [row = ''] = toRows(toMeasurement([cpu], { Talaria: { fault: 'status 500' } }));
    assert.match(row, /\| – \| ≤ 2 \| {2}\|/);
  });
});
