import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AreaCount, type EntryResult, toResult } from '../../scripts/leaderboard/result.ts';
import { sortResults, toScore, toShare } from '../../scripts/leaderboard/score.ts';
import type { Report, Result } from '../../src/verify/report/report.ts';

const count = (level: AreaCount['level'], outcome: AreaCount['outcome'], number: number): AreaCount => ({
  area: 'chat',
  level,
  outcome,
  count: number,
});
const entry = (name: string, counts: AreaCount[], more: Partial<EntryResult> = {}): EntryResult => ({
  name,
  version: '1',
  date: '2026-11-30',
  milliseconds: 1,
  counts,
  findings: [],
  ...more,
});

describe('the score', () => {
  test('counts what applies, and neither missing features nor an unwilling model', () => {
    const counts = [
      count('MUST', 'pass', 6),
      count('MUST', 'fail', 2),
      count('MUST', 'unsupported', 30),
      count('MUST', 'inconclusive', 4),
      count('MUST', 'skipped', 5),
      count('SHOULD', 'warn', 7),
    ];
    const score = toScore(entry('a', counts), { level: 'MUST' });
    assert.deepEqual(score, { passed: 6, failed: 2, applied: 8, unsupported: 30, inconclusive: 4, skipped: 5 });
    assert.equal(toShare(score), 0.75);
    assert.equal(toScore(entry('a', counts), { level: 'SHOULD' }).failed, 7);
    assert.equal(toScore(entry('a', counts), { level: 'MUST', area: 'cors' }).applied, 0);
  });

  test('sorts by the share of MUSTs, then by how many apply; those without figures are last', () => {
    const sorted = sortResults([
      entry('skipped', [], { skipped: 'it did not start' }),
      entry('none passed', [count('MUST', 'fail', 1)]),
      entry('few', [count('MUST', 'pass', 2)]),
      entry('most', [count('MUST', 'pass', 99), count('MUST', 'fail', 1)]),
      entry('many', [count('MUST', 'pass', 100)]),
    ]);
    assert.deepEqual(
      sorted.map(({ name }) => name),
      ['many', 'few', 'most', 'none passed', 'skipped'],
    );
  });
});

describe('toResult', () => {
  const result = (more: Partial<Result>): Result => ({
    id: 'chat.text',
    area: 'chat',
    title: 'answers',
    level: 'MUST',
    clause: 'OpenAI API reference',
    outcome: 'pass',
    notes: [],
    milliseconds: 1,
    ...more,
  });
  const report: Report = {
    version: 1,
    url: 'http://127.0.0.1:1/v1',
    model: 'm',
    contract: 'openai',
    startedAt: '2026-11-30T12:00:00.000Z',
    milliseconds: 1234,
    totals: { pass: 2, fail: 1, warn: 0, unsupported: 1, inconclusive: 0, skipped: 0 },
    results: [
      result({}),
      result({ id: 'chat.usage' }),
      result({
        id: 'chat.shape',
        outcome: 'fail',
        message: 'id is missing',
        evidence: {
          request: 'POST /v1/chat/completions',
          sent: '{}',
          status: 200,
          received: `{\n  "x": "${'y'.repeat(500)}"`,
        },
      }),
      result({
        id: 'chat.limit',
        outcome: 'unsupported',
        message: 'the server answers 501',
        evidence: { request: 'POST /' },
      }),
    ],
  };

  test('counts passed audits, and keeps the evidence of failed ones, shortened', () => {
    const { counts, findings, date } = toResult('a', '1', report);
    assert.equal(date, '2026-11-30');
    assert.deepEqual(
      counts.map(({ outcome, count }) => [outcome, count]),
      [
        ['pass', 2],
        ['fail', 1],
        ['unsupported', 1],
      ],
    );
    const [failed, unsupported] = findings;
    assert.equal(failed?.status, 200);
    assert.equal(failed?.received?.length, 160);
    assert.match(failed?.received ?? '', /^\{ "x": "y+…$/);
    assert.deepEqual(unsupported, {
      id: 'chat.limit',
      level: 'MUST',
      outcome: 'unsupported',
      message: 'the server answers 501',
    });
  });
});
