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

test('a quick bench of one scenario prints its row: a ratio, its target, times, memory and checked replies', async () => {
  const { code, stdout, stderr } = await bench('responses-sqlite', '--quick', '--rounds', '1');
  assert.equal(code, 0, stderr);
  const rows = stdout.split('\n').filter((line) => line.startsWith('| responses'));
  assert.equal(rows.length, 1, stdout);
  const [title, ratio, quartiles, target, ...figures] =
    rows[0]
      ?.split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()) ?? [];
  assert.equal(title, 'responses, plain, SQLite, per request');
  assert.match(ratio ?? '', /^\*\*\d+\.\d\d\*\*$/);
  assert.match(quartiles ?? '', /^\d+\.\d\d–\d+\.\d\d$/);
  assert.match(target ?? '', /^≤ 3( missed)?$/);
  assert.equal(figures.length, 5);
  for (const figure of figures) assert.ok(Number(figure) > 0, figure);
  assert.match(stdout, /^Node v\d+.*, \d+ cores, 1 rounds, quick, \d+ s/m);
});

test('an unknown scenario is refused with a list of the known ones', async () => {
  const { code, stderr } = await bench('chatt');
  assert.equal(code, 1);
  assert.match(stderr, /Unknown scenario chatt\. Expected one of: chat, chat-stream, .*, growth, loop\./);
});
