// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written so
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load-config.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { secret } from '../helpers/webhook-receiver.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { readFences } from './fences.ts';
import { testExamples } from './run-examples.ts';

const guide = readFileSync(new URL('../../docs/guide/webhooks.md', import.meta.url), 'utf8');
const fences = readFences(guide);
const port = await findFreePort();

const [, url = ''] = /WEBHOOK_URL=(\S+) WEBHOOK_ALLOW_PRIVATE=1 npm start/.exec(guide) ?? [];

/** The secret and the port of the receiver are those of this machine. */
const adapt = (text: string): string =>
  text
    .replace('process.env.WEBHOOK_SECRET', `'${secret}'`)
    .replace('os.environ["WEBHOOK_SECRET"]', `"${secret}"`)
    .replaceAll('8700', `${port}`);

testExamples('the guide to webhooks', guide, {
  adapt,
  start: () => startTalaria({ WEBHOOK_URL: adapt(url), WEBHOOK_SECRET: secret, WEBHOOK_ALLOW_PRIVATE: '1' }),
});

test('the configuration of the guide is valid', () => {
  const [yaml = assert.fail()] = fences.filter(({ language }) => language === 'yaml');
  using file = writeConfig(yaml.text);
  const names = ['BILLING_WEBHOOK_SECRET', 'DESK_SECRET', 'DESK_OLD_SECRET'];
  const secrets = Object.fromEntries(names.map((name) => [name, secret]));
  const { webhooks } = loadConfig({ TALARIA_CONFIG: file.path, ...secrets });
  assert.deepEqual([...webhooks.keys()], ['billing', 'desk']);
  assert.equal(webhooks.get('desk')?.keys.length, 2);
});
