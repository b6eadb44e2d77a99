import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { selectFastTests } from '../../scripts/fast-tests.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { files, omitted } = selectFastTests(root);

test('the everyday lane omits browser, packing, PostgreSQL and crash tests, child processes and whole servers', () => {
  for (const file of [
    'test/docs/docs-page.test.ts',
    'test/packaging/package.test.ts',
    'test/store/postgres/migrations.test.ts',
    'test/crash/crash.test.ts',
    'test/main.test.ts',
    'test/websocket/errors.test.ts',
  ]) {
    assert.ok(!files.includes(file), file);
  }
  for (const reason of ['a browser', 'packing', 'PostgreSQL', 'crashes', 'child processes', 'whole servers']) {
    assert.ok((omitted.get(reason) ?? 0) > 0, reason);
  }
});

test('the everyday lane keeps the tests of single modules, also over the local stores', () => {
  for (const file of ['test/ids.test.ts', 'test/architecture.test.ts', 'test/runs/reaper.test.ts']) {
    assert.ok(files.includes(file), file);
  }
});

test('every test file is either selected or counted as omitted', () => {
  const count = [...omitted.values()].reduce((sum, one) => sum + one, files.length);
  assert.equal(count, globSync('test/**/*.test.ts', { cwd: root }).length);
});
