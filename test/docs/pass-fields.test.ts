import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { defaultPassFields } from '../../src/config/default-pass-fields.ts';

test('the configuration lists the fields that pass by default', async () => {
  const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const section = page.split('#### Fields that pass')[1]?.split('Fields that choose')[0] ?? '';
  const [, list = ''] = section.split('`api: chat-completions`:');
  assert.deepEqual(
    [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    [...defaultPassFields],
  );
});
