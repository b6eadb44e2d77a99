// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written so
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError } from '../../../src/config/config-error.ts';
import { limits } from '../../../src/config/limits.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { webhookEvents } from '../../../src/config/webhooks/webhook-config.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const secretOf = (bytes: number, fill = 7) => `whsec_${Buffer.alloc(bytes, fill).toString('base64')}`;
const secret = secretOf(32);

function load(text: string, variables: Record<string, string> = {}) {
  using file = writeConfig(text === '' ? '{}' : text);
  return loadConfig({ TALARIA_CONFIG: file.path, ...variables }).webhooks;
}

describe('webhooks', () => {
  test('are endpoints with names and settings', () => {
    const endpoints = load(
      `
webhooks:
  billing:
    url: https://billing.example.org/hooks?token=\${TOKEN}
    secret: ["\${SECRET}", "${secretOf(24, 8)}"]
    events: [response.completed, approval.requested]
    tenants: [acme]
    allow_private: true
    timeout: 5s
  desk: { url: "https://desk.example.org", secret: "${secret}" }
tenants: { acme: }
`,
      { SECRET: secret, TOKEN: 't0' },
    );
    assert.deepEqual([...endpoints.keys()], ['billing', 'desk']);
    assert.deepEqual(endpoints.get('billing'), {
      url: 'https://billing.example.org/hooks?token=t0',
      keys: [Buffer.alloc(32, 7), Buffer.alloc(24, 8)],
      events: new Set(['response.completed', 'approval.requested']),
      tenants: ['acme'],
      allowsPrivate: true,
      timeoutMs: 5000,
    });
    assert.deepEqual(endpoints.get('desk'), {
      url: 'https://desk.example.org/',
      keys: [Buffer.alloc(32, 7)],
      events: new Set(webhookEvents),
      tenants: undefined,
      allowsPrivate: false,
      timeoutMs: limits.webhookTimeoutMs,
    });
    assert.equal(load('').size, 0);
  });

  test('are one endpoint of the environment', () => {
    const variables = { WEBHOOK_URL: 'http://10.0.0.7:8080/a', WEBHOOK_SECRET: `${secretOf(64)}, ${secret}` };
    const endpoints = load('', { ...variables, WEBHOOK_ALLOW_PRIVATE: '1' });
    assert.deepEqual([...endpoints.keys()], ['default']);
    const endpoint = endpoints.get('default');
    assert.equal(endpoint?.url, variables.WEBHOOK_URL);
    assert.equal(endpoint?.keys.length, 2);
    assert.equal(endpoint?.allowsPrivate, true);
    assert.equal(load('', { WEBHOOK_ALLOW_PRIVATE: '1' }).size, 0);
  });

  const url = 'https://a.example.org/';
  const refused: [text: string, variables: Record<string, string>, message: RegExp][] = [
    ['webhooks: { a: { secret: x } }', {}, /: webhooks\.a: url is required\.$/],
    [`webhooks: { a: { url: "${url}" } }`, {}, /: webhooks\.a: secret is required\.$/],
    ['webhooks: { "a b": {} }', {}, /a name has at most 64 letters/],
    [
      `webhooks: { a: { url: "${url}", secrets: x } }`,
      {},
      /webhooks\.a\.secrets: unknown setting; expected one of: url,/,
    ],
    ...['ftp://a.example.org', 'nonsense', 'https://me:pw@a.example.org'].map(
      (wrong): [string, Record<string, string>, RegExp] => [
        `webhooks: { a: { url: "${wrong}", secret: "${secret}" } }`,
        {},
        /webhooks\.a\.url: must be an https URL without user and password\.$/,
      ],
    ),
    ...['http://a.example.org', 'https://localhost:8443', 'https://[::1]/', 'https://127.1/'].map(
      (wrong): [string, Record<string, string>, RegExp] => [
        '',
        { WEBHOOK_URL: wrong, WEBHOOK_SECRET: secret },
        /^WEBHOOK_URL: must be an https URL; http and private addresses require allow_private \(WEBHOOK_ALLOW_PRIVATE\)\.$/,
      ],
    ),
    ...[
      'private',
      'whsec_',
      secretOf(23),
      secretOf(65),
      `${secret}x`,
      secret.replace('whsec', 'whpk'),
      'whsec_****',
    ].map((wrong): [string, Record<string, string>, RegExp] => [
      '',
      { WEBHOOK_URL: url, WEBHOOK_SECRET: wrong },
      /^WEBHOOK_SECRET: must be "whsec_" and the base64 of 24 to 64 bytes\.$/,
    ]),
    [
      `webhooks: { a: { url: "${url}", secret: [] } }`,
      {},
      /webhooks\.a\.secret: must be "whsec_" and the base64 of 24 to 64 bytes\.$/,
    ],
    [
      `webhooks: { a: { url: "${url}", secret: "${secret}", events: [response.done] } }`,
      {},
      /webhooks\.a\.events: must be some of: response\.completed, .*, approval\.requested\.$/,
    ],
    [`webhooks: { a: { url: "${url}", secret: "${secret}", events: [] } }`, {}, /events: must be some of/],
    [`webhooks: { a: { url: "${url}", secret: "${secret}", timeout: 61s } }`, {}, /timeout: must be at most 1m\.$/],
    [`webhooks: { a: { url: "${url}", secret: "${secret}", timeout: 0 } }`, {}, /timeout: must be at most 1m\.$/],
    [
      `{ webhooks: { a: { url: "${url}", secret: "${secret}", tenants: [b] } }, tenants: { acme: } }`,
      {},
      /webhooks\.a\.tenants\[0\]: tenants does not define "b"\.$/,
    ],
    [`webhooks: { a: { url: "\${NONE}", secret: "${secret}" } }`, {}, /webhooks\.a\.url: .*NONE/],
    ['', { WEBHOOK_URL: url }, /^WEBHOOK_URL is set, but WEBHOOK_SECRET is not: set both or neither\.$/],
    ['', { WEBHOOK_SECRET: secret }, /^WEBHOOK_SECRET is set, but WEBHOOK_URL is not: set both or neither\.$/],
    [
      `webhooks: { a: { url: "${url}", secret: "${secret}" } }`,
      { WEBHOOK_URL: url, WEBHOOK_SECRET: secret },
      /^WEBHOOK_URL and webhooks in .* are mutually exclusive: remove one\.$/,
    ],
  ];
  for (const [text, variables, message] of refused) {
    test(`stop the start: ${text} ${JSON.stringify(variables)}`, () => {
      assert.throws(
        () => load(text, variables),
        (error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n|BwcH|pw@|\*\*/, 'one line without the value');
          return true;
        },
      );
    });
  }
});
