import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closestName } from '../../src/contract/closest-name.ts';

const names = ['when', 'name', 'reply', 'times', 'tool_results'];

test('a misspelt name is recognized by its letters', () => {
  const cases: [misspelt: string, meant: string | undefined][] = [
    ['whne', 'when'],
    ['wen', 'when'],
    ['replies', 'reply'],
    ['tims', 'times'],
    ['toolresults', 'tool_results'],
    ['nmae', 'name'],
    ['xyz', undefined],
    ['', undefined],
    ['w'.repeat(10_000), undefined],
  ];
  for (const [misspelt, meant] of cases) assert.equal(closestName(misspelt, names), meant, misspelt.slice(0, 20));
});

test('the nearest of several names is meant', () => {
  assert.equal(closestName('texr', ['next', 'text', 'test']), 'text');
});
