import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryBackend, sqliteBackend } from '../../scripts/bench/growth/growth-place.ts';
import { findGrowthFaults, toGrowthTable } from '../../scripts/bench/growth/judge-growth.ts';
import { type Growth, measureGrowth } from '../../scripts/bench/growth/measure-growth.ts';

const options = { depths: [1, 10, 50], turns: 200, samples: 3 };

const shallow: Growth = {
  backend: 'SQLite',
  depth: 10,
  bytesPerTurn: 2500,
  bytesPerFork: 2500,
  writeMs: 0.1,
  readMs: 0.2,
  statements: { all: 4, walks: 1 },
};
const deep = { ...shallow, depth: 1000 };

describe('the growth of a store', () => {
  test('is measured on SQLite: constant bytes, and one walk at any depth', async () => {
    const rows = await measureGrowth(sqliteBackend, options);
    assert.deepEqual(
      rows.map(({ depth }) => depth),
      options.depths,
    );
    for (const row of rows) {
      // A question and an answer of 600 characters each, with their metadata.
      assert.ok(row.bytesPerTurn > 1200 && row.bytesPerTurn < 4000, `${row.bytesPerTurn}`);
      assert.ok(row.writeMs > 0 && row.readMs > 0);
      assert.deepEqual(row.statements, { all: 4, walks: 1 });
    }
    assert.deepEqual(findGrowthFaults(rows), []);
  });

  test('is measured in memory, without statements', async () => {
    const rows = await measureGrowth(memoryBackend, { ...options, depths: [10] });
    assert.equal(rows.length, 1);
    assert.ok((rows[0]?.bytesPerTurn ?? 0) > 1200, `${rows[0]?.bytesPerTurn}`);
    assert.equal(rows[0]?.statements, undefined);
  });

  test('reports a deep turn or fork that takes over 10% more', () => {
    assert.deepEqual(findGrowthFaults([shallow, { ...deep, bytesPerTurn: 2700, bytesPerFork: 2700 }]), []);
    assert.deepEqual(findGrowthFaults([shallow, { ...deep, bytesPerTurn: 2800 }]), [
      'SQLite: a turn at depth 1000 takes 2800 bytes, a turn at depth 10 2500',
    ]);
    assert.deepEqual(findGrowthFaults([shallow, { ...deep, bytesPerTurn: 2000 }]).length, 1);
    assert.deepEqual(findGrowthFaults([shallow, { ...deep, bytesPerFork: 9000 }]), [
      'SQLite: a fork at depth 1000 takes 9000 bytes, a turn at depth 10 2500',
    ]);
    assert.deepEqual(findGrowthFaults([shallow, { ...deep, bytesPerFork: 2000 }]), [], 'a fork may take less');
  });

  test('reports a chain that is walked in several queries', () => {
    assert.deepEqual(findGrowthFaults([shallow, { ...deep, statements: { all: 1000, walks: 1000 } }]), [
      'SQLite: a chain of 1000 turns is walked in 1000 queries',
    ]);
    assert.deepEqual(findGrowthFaults([{ ...shallow, depth: 1, statements: { all: 1, walks: 0 } }]).length, 1);
  });

  test('is printed as a Markdown table, with a dash for missing values', () => {
    const { statements: _statements, ...memory } = { ...deep, backend: 'memory' };
    assert.deepEqual(toGrowthTable([shallow, memory]).split('\n').slice(2), [
      '| SQLite | 10 | 2,500 | 2,500 | 0.10 | 0.20 | 4, 1 |',
      '| memory | 1,000 | 2,500 | 2,500 | 0.10 | 0.20 | — |',
    ]);
  });
});
