import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isBundleStale } from '../../scripts/is-bundle-stale.ts';

test('a bundle is stale while it is missing, and after a source was changed, added or deleted', async () => {
  const root = `${await mkdtemp(join(tmpdir(), 'talaria-bundle-'))}/`;
  await mkdir(`${root}src/deep`, { recursive: true });
  await mkdir(`${root}dist`);
  await writeFile(`${root}src/deep/a.ts`, 'a();');
  await writeFile(`${root}src/deep/b.ts`, 'b();');
  assert.ok(isBundleStale(root), 'missing');

  await writeFile(`${root}dist/main.js`, 'a();b();');
  const settle = async () => {
    for (const path of ['src', 'src/deep', 'src/deep/a.ts', 'src/deep/b.ts']) await utimes(root + path, 1000, 1000);
    await utimes(`${root}dist/main.js`, 2000, 2000);
  };
  await settle();
  assert.ok(!isBundleStale(root), 'newer than every source');

  await utimes(`${root}src/deep/a.ts`, 3000, 3000);
  assert.ok(isBundleStale(root), 'changed');
  await settle();
  await writeFile(`${root}src/deep/c.ts`, 'c();');
  assert.ok(isBundleStale(root), 'added');
  await rm(`${root}src/deep/c.ts`);
  await settle();
  await rm(`${root}src/deep/b.ts`);
  assert.ok(isBundleStale(root), 'deleted');
  await rm(root, { recursive: true });
});
