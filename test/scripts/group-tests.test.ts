import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { groupTests } from '../../scripts/group-tests.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = globSync('test/**/*.test.ts', { cwd: root }).sort();
const { alone, groups } = groupTests(root, files);

test('every test file runs once, in a group or alone', () => {
  assert.deepEqual([...alone, ...groups.flat()].sort(), files);
});

test('files that start processes, use a browser, or replace timers of their process run alone', () => {
  for (const file of ['test/main.test.ts', 'test/docs/site.test.ts', 'test/http/retention.test.ts']) {
    assert.ok(alone.includes(file), file);
  }
});

test('files that use single modules or servers in their own process share processes', () => {
  const shared = groups.flat();
  for (const file of ['test/ids.test.ts', 'test/websocket/errors.test.ts']) assert.ok(shared.includes(file), file);
  assert.ok(groups.length < shared.length / 4, `${groups.length} groups of ${shared.length} files`);
});
