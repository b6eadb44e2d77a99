import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toSpread } from '../../scripts/bench/statistics.ts';

describe('the spread of values', () => {
  it('is the median and the quartiles, in any order', () => {
    assert.deepEqual(toSpread([5, 1, 4, 2, 3]), { lowerQuartile: 2, median: 3, upperQuartile: 4 });
  });

  it('is interpolated between two values', () => {
    assert.deepEqual(toSpread([1, 2, 3, 10]), { lowerQuartile: 1.75, median: 2.5, upperQuartile: 4.75 });
  });

  it('of one value is that value', () => {
    assert.deepEqual(toSpread([7]), { lowerQuartile: 7, median: 7, upperQuartile: 7 });
  });

  it('does not change the values, and refuses an empty list', () => {
    const values = [2, 1];
    toSpread(values);
    assert.deepEqual(values, [2, 1]);
    assert.throws(() => toSpread([]), RangeError);
  });
});
