import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

async function bench(...options: string[]) {
  const script = fileURLToPath(new URL('../../scripts/bench/main.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  return { code, stdout, stderr };
}

const toCells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

test('a quick bench of one scenario prints its row: a ratio with quartiles, its target, times, a rate and memory', async () => {
  const { code, stdout, stderr } = await bench('--only', 'responses-stored', '--quick', '--rounds', '1');
  assert.equal(code, 0, stderr);
  const rows = stdout.split('\n').filter((line) => line.startsWith('| responses'));
  assert.equal(rows.length, 1, stdout);
  const [title, ratio, target, verdict, ...figures] = toCells(rows[0] ?? '');
  assert.equal(title, 'responses, plain, stored, per request');
  assert.match(ratio ?? '', /^\*\*\d+\.\d\d\*\* \(\d+\.\d\d–\d+\.\d\d\)$/);
  assert.equal(target, '≤ 1.3');
  assert.match(verdict ?? '', /^(reached|missed)$/);
  assert.equal(figures.length, 4);
  for (const figure of figures) assert.match(figure, /^[\d,.]+( µs| MB)?$/);
  assert.match(stdout, /^Node v\d+.*, \d+ cores, 1 rounds, quick, \d+ s\nEvery reply was checked, none was wrong\.$/m);
});

test('an unknown scenario is refused with a list of the known ones', async () => {
  const { code, stderr } = await bench('--only', 'chatt');
  assert.equal(code, 1);
  assert.match(stderr, /Unknown scenario chatt\. Expected one of: responses, .*, chat, .*, start\./);
});

test('an unknown part is refused', async () => {
  const { code, stderr } = await bench('chat');
  assert.equal(code, 1);
  assert.match(stderr, /Unknown part chat\. Expected one of: scenarios, growth, loop, smoke, peers\./);
});
