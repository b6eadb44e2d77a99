import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { samplePattern } from '../../../../src/agent/offline/schema/sample-pattern.ts';

const sample = (pattern: string, choice: { variant?: number; extra?: number } = {}): string | undefined =>
  samplePattern(pattern, { variant: 0, extra: 0, members: new Map(), ...choice });

const patterns = [
  '^[A-Z]{3}-\\d{4}$',
  '^\\+?[1-9]\\d{1,14}$',
  '^#(?:[0-9a-fA-F]{3}){1,2}$',
  '^(draft|published)$',
  '^[^\\s@]+@[^\\s@]+\\.[a-z]{2,}$',
  '^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$',
  '^\\p{Lu}\\p{Ll}*$',
  '^[\\u4e00-\\u9fff]+$',
  '^[^a-zA-Z0-9]$',
  '^\\W\\S\\D$',
  '^\\x41\\u0042\\u{43}\\.\\/\\n$',
  '^[\\]\\\\-]$',
  '^(?=.*x)x?.*$',
  '^(?=.*[A-Z])(?=.*\\d)(?!\\s).{8,}$',
  '\\bword\\b',
  '^a+?b*?c??$',
  'a{2}b{2,}c{0,2}',
  'one|two',
  '',
];

describe('matches', () => {
  for (const pattern of patterns) {
    for (const choice of [{}, { variant: 1 }, { variant: 7, extra: 3 }]) {
      test(`exist for ${pattern} with ${JSON.stringify(choice)}`, () => {
        const match = sample(pattern, choice);
        assert.match(match ?? assert.fail('no match'), new RegExp(pattern, 'u'));
      });
    }
  }

  test('take the minimum of each quantifier, and more on request', () => {
    assert.equal(sample('^[a-z]+\\d{2,3}x*y?$'), 'a11');
    assert.equal(sample('^[a-z]+\\d{2,3}x*y?$', { extra: 2 }), 'aaa111xxy');
  });

  test('take other members for other variants', () => {
    assert.equal(sample('^[a-c]\\d$', { variant: 1 }), 'b2');
  });
});

describe('unsupported expressions', () => {
  for (const pattern of ['(a)\\1', '(?<n>a)\\k<n>', '[]', '[\\u1234]', `a${'b'.repeat(500)}`, 'a{30000}']) {
    test(`have no match: ${pattern.slice(0, 20)}`, () => assert.equal(sample(pattern), undefined));
  }

  for (const pattern of ['(', '[', '\\', 'a)', '{2}', '(?', '[z-a]', '*']) {
    test(`terminate even if invalid: ${pattern}`, () => {
      const match = sample(pattern);
      assert.ok(match === undefined || typeof match === 'string');
    });
  }
});
