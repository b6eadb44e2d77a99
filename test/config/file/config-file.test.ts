// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written so

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingNames } from '../../../src/config/agent/read-settings.ts';
import type { Config } from '../../../src/config/config.ts';
import { ConfigError } from '../../../src/config/config-error.ts';
import { hashKey } from '../../../src/config/hash-key.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import type { TenantSettings } from '../../../src/config/tenant-settings.ts';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import { writeConfig } from '../../helpers/write-config.ts';

function load(text: string, variables: Record<string, string> = {}): Config {
  using file = writeConfig(text);
  return loadConfig({ TALARIA_CONFIG: file.path, ...variables });
}

/** Returns the error message without the name of the file. */
function refusal(text: string, variables: Record<string, string> = {}): string {
  using file = writeConfig(text);
  try {
    loadConfig({ TALARIA_CONFIG: file.path, ...variables });
  } catch (error) {
    assert.ok(error instanceof ConfigError, `not a ConfigError: ${error}`);
    assert.doesNotMatch(error.message, /\n/);
    assert.ok(error.message.startsWith(`${file.path}: `), error.message);
    return error.message.slice(file.path.length + 2);
  }
  assert.fail('accepted');
}

const hash = hashKey('tlr_one');
const otherHash = hashKey('tlr_two');

describe('the configuration file', () => {
  test('configures agents, tenants and keys', () => {
    const config = load(
      `
agents:
  hermes:
    url: http://127.0.0.1:8700/v1/
    api_key: \${HERMES_KEY}
    model: hermes-agent
  test: { url: "offline:" }
tenants:
  acme:
    agents: [test, hermes]
    retention_days: 7
    limits: { runs: 8, requests_per_minute: 600, tokens_per_minute: 9000, tokens_per_day: 100000 }
  home: { retention_days: 0 }
  plain:
keys:
  - { name: acme-ci, tenant: acme, hash: "${hash}", added: 2026-11-25 }
  - { name: mine, hash: "${otherHash}" }
`,
      { HERMES_KEY: 'sk-hermes' },
    );
    const none = {
      runs: undefined,
      requestsPerMinute: undefined,
      tokensPerMinute: undefined,
      tokensPerDay: undefined,
      storageBytes: undefined,
    };
    const standard = { retentionSeconds: 30 * 86_400, agents: undefined, limits: none };
    assert.deepEqual(
      [...config.agents],
      [
        [
          'hermes',
          {
            kind: 'upstream',
            api: 'chat-completions',
            settings: defaultUpstreamSettings,
            url: 'http://127.0.0.1:8700/v1',
            apiKey: 'sk-hermes',
            model: 'hermes-agent',
          },
        ],
        ['test', { kind: 'offline' }],
      ],
    );
    assert.deepEqual(config.tenancy, {
      keys: [
        { name: 'acme-ci', tenant: 'acme', hash },
        { name: 'mine', tenant: 'default', hash: otherHash },
      ],
      tenants: new Map<string, TenantSettings>([
        [
          'acme',
          {
            retentionSeconds: 7 * 86_400,
            agents: ['test', 'hermes'],
            limits: { ...none, runs: 8, requestsPerMinute: 600, tokensPerMinute: 9000, tokensPerDay: 100_000 },
          },
        ],
        ['home', { ...standard, retentionSeconds: undefined }],
        ['plain', standard],
      ]),
      standard,
    });
  });

  for (const text of ['', '# nothing yet\n', '{}\n']) {
    test(`may be empty: ${JSON.stringify(text)}`, () => {
      const { file, ...config } = load(text);
      const { file: _none, ...plain } = loadConfig({});
      assert.ok(file);
      assert.deepEqual(config, plain);
    });
  }

  test('adds to the key of the environment, which belongs to the default tenant', () => {
    const { keys } = load(`keys: [{ name: a, tenant: acme, hash: "${hash}" }]`, { API_SERVER_KEY: 'sk-1' }).tenancy;
    assert.deepEqual(
      keys?.map(({ name, tenant }) => [name, tenant]),
      [
        ['API_SERVER_KEY', 'default'],
        ['a', 'acme'],
      ],
    );
  });

  test('inherits the retention of the environment where a tenant sets none', () => {
    const { tenancy } = load('tenants: { a: { limits: { runs: 1 } }, b: { retention_days: 1 } }', {
      RETENTION_DAYS: '0',
    });
    assert.equal(tenancy.standard.retentionSeconds, undefined);
    assert.equal(tenancy.tenants.get('a')?.retentionSeconds, undefined);
    assert.equal(tenancy.tenants.get('b')?.retentionSeconds, 86_400);
  });

  test('allows other hosts and any origin with keys, like the key of the environment', () => {
    const settings = { API_SERVER_HOST: '0.0.0.0', API_SERVER_CORS_ORIGINS: '*' };
    assert.equal(load(`keys: [{ name: a, hash: "${hash}" }]`, settings).host, '0.0.0.0');
    // An empty list refuses every request.
    assert.equal(load('keys: []', settings).host, '0.0.0.0');
    using file = writeConfig('tenants: { acme: }');
    assert.throws(
      () => loadConfig({ TALARIA_CONFIG: file.path, API_SERVER_HOST: '0.0.0.0' }),
      /API_SERVER_HOST=0\.0\.0\.0/,
    );
  });

  test('distinguishes an empty list of keys, which refuses every request, from none', () => {
    assert.deepEqual(load('keys: []').tenancy.keys, []);
    assert.equal(load('tenants: {}').tenancy.keys, undefined);
  });

  test('must exist if TALARIA_CONFIG names it', () => {
    assert.throws(() => loadConfig({ TALARIA_CONFIG: '/nowhere/talaria.yaml' }), {
      name: 'ConfigError',
      message: 'TALARIA_CONFIG=/nowhere/talaria.yaml: the file does not exist.',
    });
    assert.match(refusalOf('/'), /^\/: cannot read the configuration file \(EISDIR\)\.$/);
  });

  test('refuses agents beside AGENT_URL', () => {
    using file = writeConfig('agents: { a: { url: "offline:" } }');
    assert.throws(() => loadConfig({ TALARIA_CONFIG: file.path, AGENT_URL: 'offline:' }), {
      message: `AGENT_URL and agents in ${file.path} are mutually exclusive: remove one.`,
    });
    // Without agents in the file AGENT_URL applies.
    assert.deepEqual([...load('{}', { AGENT_URL: 'http://127.0.0.1:1/v1' }).agents.keys()], ['default']);
  });

  test('refuses a key that is also API_SERVER_KEY, as its tenant would be ambiguous', () => {
    using file = writeConfig(`keys: [{ name: a, tenant: acme, hash: "${hashKey('sk-1')}" }]`);
    assert.throws(() => loadConfig({ TALARIA_CONFIG: file.path, API_SERVER_KEY: 'sk-1' }), {
      message: `API_SERVER_KEY is also the key "a" in ${file.path}: remove one of them.`,
    });
  });
});

function refusalOf(path: string): string {
  try {
    loadConfig({ TALARIA_CONFIG: path });
  } catch (error) {
    return error instanceof ConfigError ? error.message : assert.fail(`${error}`);
  }
  assert.fail('accepted');
}

describe('an invalid file is refused in one line with the path of the setting', () => {
  const name = 'a name has at most 64 letters, digits, ".", "_" and "-", and begins with a letter or digit.';
  const key = (fields: string) => `keys: [{ name: a, hash: "${hash}" }, { ${fields} }]`;
  const cases: [text: string, complaint: string][] = [
    [
      'agent: {}',
      'agent: unknown setting; expected one of: agents, mcp_servers, hosted_tools, webhooks, tenants, keys.',
    ],
    ['- a', 'must be a mapping.'],
    ['just text', 'must be a mapping.'],
    ['agents: {}', 'agents: must define at least one agent.'],
    ['agents:', 'agents: must be a mapping.'],
    ['agents: [a]', 'agents: must be a mapping.'],
    ['agents: { a: }', 'agents.a: must be a mapping.'],
    ['agents: { a: {} }', 'agents.a: url is required.'],
    ['agents: { a/b: { url: "offline:" } }', `agents.a/b: ${name}`],
    ['agents: { "": { url: "offline:" } }', `agents.: ${name}`],
    ['agents: { __proto__: { url: "offline:" } }', `agents.__proto__: ${name}`],
    [
      'agents: { a: { url: offline } }',
      'agents.a.url: expected "offline:", "rules:FILE", "replay:FILE", "replay:FILE?pace=recorded" or the http(s) URL, without user and password, of an OpenAI-compatible API.',
    ],
    ['agents: { a: { url: 1 } }', 'agents.a.url: must be a string; put it in quotes.'],
    ['agents: { a: { url: "" } }', 'agents.a.url: must not be empty.'],
    [
      'agents: { a: { url: "offline:", key: x } }',
      `agents.a.key: unknown setting; expected one of: url, api_key, model, mcp_servers, ${settingNames.join(', ')}.`,
    ],
    [
      'agents: { a: { url: "http://x/v1", api_key: "two words" } }',
      'agents.a.api_key: must consist of visible ASCII characters, because it is sent in a header.',
    ],
    ['agents: { a: { url: "http://x/v1", api_key: 12345 } }', 'agents.a.api_key: must be a string; put it in quotes.'],
    ['agents: { a: { url: "http://x/v1", model: true } }', 'agents.a.model: must be a string; put it in quotes.'],
    ['tenants: []', 'tenants: must be a mapping.'],
    ['tenants: { a b: }', `tenants.a b: ${name}`],
    [
      'tenants: { a: { retention: 1 } }',
      'tenants.a.retention: unknown setting; expected one of: agents, retention_days, limits, approve.',
    ],
    ['tenants: { a: { retention_days: 1.5 } }', 'tenants.a.retention_days: must be an integer from 0 to 36500.'],
    ['tenants: { a: { retention_days: "30" } }', 'tenants.a.retention_days: must be an integer from 0 to 36500.'],
    ['tenants: { a: { retention_days: 36501 } }', 'tenants.a.retention_days: must be an integer from 0 to 36500.'],
    ['tenants: { a: { limits: 8 } }', 'tenants.a.limits: must be a mapping.'],
    ['tenants: { a: { limits: { runs: 0 } } }', 'tenants.a.limits.runs: must be an integer from 1 to 1000000.'],
    [
      'tenants: { a: { limits: { requests_per_minute: -1 } } }',
      'tenants.a.limits.requests_per_minute: must be an integer from 1 to 1000000.',
    ],
    [
      'tenants: { a: { limits: { tokens: 1 } } }',
      'tenants.a.limits.tokens: unknown setting; expected one of: runs, requests_per_minute, tokens_per_minute, tokens_per_day, storage_bytes.',
    ],
    ['tenants: { a: { agents: hermes } }', 'tenants.a.agents: must be a list.'],
    ['tenants: { a: { agents: [] } }', 'tenants.a.agents: must name at least one agent; omit it to allow all.'],
    ['tenants: { a: { agents: [hermes] } }', 'tenants.a.agents[0]: unknown agent "hermes"; expected one of: default.'],
    [
      'agents: { x: { url: "offline:" }, y: { url: "offline:" } }\ntenants: { a: { agents: [x, z] } }',
      'tenants.a.agents[1]: unknown agent "z"; expected one of: x, y.',
    ],
    ['keys:', 'keys: must be a list.'],
    ['keys: { a: b }', 'keys: must be a list.'],
    ['keys: [a]', 'keys[0]: must be a mapping.'],
    [key(`hash: "${otherHash}"`), 'keys[1]: name is required.'],
    [key('name: b'), 'keys[1]: hash is required; `talaria keys create` creates a key and its hash.'],
    [key(`name: a, hash: "${otherHash}"`), 'keys[1].name: duplicate key name "a".'],
    [key(`name: b, hash: "${hash}"`), 'keys[1].hash: duplicate hash.'],
    [
      key('name: b, hash: tlr_secret'),
      'keys[1].hash: must be "sha256:" and 64 hexadecimal digits, as `talaria keys create` writes it.',
    ],
    [
      key(`name: b, hash: "${otherHash}", key: x`),
      'keys[1].key: unknown setting; expected one of: name, tenant, hash, added, role.',
    ],
    [key(`name: b, hash: "${otherHash}", added: 2026`), 'keys[1].added: must be a string; put it in quotes.'],
    [key(`name: b, hash: "${otherHash}", tenant: a/b`), `keys[1].tenant: ${name}`],
    [
      `tenants: { acme: }\n${key(`name: b, hash: "${otherHash}", tenant: acne`)}`,
      'keys[1].tenant: tenants does not define "acne".',
    ],
    ['a: 1\na: 2', 'Map keys must be unique at line 2, column 1.'],
    ['a: [1', 'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6.'],
    ['keys: []\n---\nkeys: []', 'Unexpected second document at line 2, column 1.'],
    ['a: *b', 'Unresolved alias (the anchor must be set before the alias): b.'],
    ['a: !secret b', 'Unresolved tag: !secret at line 1, column 4.'],
  ];
  for (const [text, complaint] of cases) {
    test(complaint, () => assert.equal(refusal(text), complaint));
  }

  test('never prints a value, which may be secret', () => {
    const secret = 'sk-secret-1234';
    const texts = [
      `agents: { a: { url: "http://x/v1", api_key: [${secret}] } }`,
      `agents: { a: { url: "${secret}" } }`,
      `agents: { a: { url: "http://me:${secret}@x/v1" } }`,
      `agents: { a: { url: "http://x/v1", api_key: "${secret} x" } }`,
      `agents: { a: { url: "http://x/v1", api_key: \${${secret}} } }`,
      `keys: [{ name: a, hash: ${secret} }]`,
      `keys: [{ name: a, hash: { ${secret}: 1 } }]`,
      `agents: { a: { api_key: ${secret}, url: `,
    ];
    for (const text of texts) assert.doesNotMatch(refusal(text), /secret-1234/, text);
    assert.doesNotMatch(refusal('agents: { a: { url: "${URL}" } }', { URL: secret }), /secret-1234/);
  });
});

describe('references to the environment', () => {
  const modelOf = (text: string, variables: Record<string, string> = {}): string | undefined => {
    const [agent] = load(`agents:\n  a:\n    url: http://x/v1\n    model: ${text}\n`, variables).agents.values();
    return agent?.kind === 'upstream' ? agent.model : assert.fail('not an upstream');
  };

  const cases: [text: string, variables: Record<string, string>, value: string][] = [
    ['${A}', { A: 'one' }, 'one'],
    ['"${A}"', { A: 'one' }, 'one'],
    ['x-${A}-${B}', { A: 'one', B: 'two' }, 'x-one-two'],
    ['${A:-other}', {}, 'other'],
    ['${A:-other}', { A: '' }, 'other'],
    ['${A:-other}', { A: 'one' }, 'one'],
    ['${A:-http://x:1/y}', {}, 'http://x:1/y'],
    ['$A', { A: 'one' }, '$A'],
    ['$${A}', { A: 'one' }, '${A}'],
    ['${A}', { A: '${B}', B: 'two' }, '${B}'],
    ['${A}', { A: '12345' }, '12345'],
    ['${A}', { A: ' one\n' }, 'one'],
  ];
  for (const [text, variables, value] of cases) {
    test(`${text} with ${JSON.stringify(variables)} is ${value}`, () => assert.equal(modelOf(text, variables), value));
  }

  test('may expand to a number', () => {
    const text = 'tenants: { a: { retention_days: "${DAYS:-3}" } }';
    const secondsOf = (variables: Record<string, string>) =>
      load(text, variables).tenancy.tenants.get('a')?.retentionSeconds;
    assert.equal(secondsOf({}), 3 * 86_400);
    assert.equal(secondsOf({ DAYS: '4' }), 4 * 86_400);
    assert.equal(refusal(text, { DAYS: 'four' }), 'tenants.a.retention_days: must be an integer from 0 to 36500.');
  });

  test('an unset variable is refused with its name and path', () => {
    const text = 'agents:\n  a:\n    url: http://x/v1\n    api_key: ${HERMES_KEY}\n';
    assert.equal(refusal(text), 'agents.a.api_key: the environment variable HERMES_KEY is not set.');
    assert.equal(
      refusal(text, { HERMES_KEY: '' }),
      'agents.a.api_key: the environment variable HERMES_KEY is not set.',
    );
    assert.equal(refusal('keys: [{ name: "${N}", hash: x }]'), 'keys[0].name: the environment variable N is not set.');
    const empty = refusal('agents: { a: { url: "${A:-}" } }');
    assert.equal(empty, 'agents.a.url: must not be empty.');
  });

  for (const text of ['${', '${}', '${A', '${A B}', '${1A}', '${A:other}']) {
    test(`${text} is refused`, () => {
      const complaint = 'invalid reference; expected ${NAME} or ${NAME:-default}, or $${ for a literal ${.';
      assert.equal(refusal(`agents: { a: { url: "${text}" } }`, { A: 'x' }), `agents.a.url: ${complaint}`);
    });
  }

  test('in a flow mapping it needs quotes, as the message explains', () => {
    assert.match(
      refusal('agents: { a: { url: ${A} } }', { A: 'offline:' }),
      /^Unexpected .* \(within \{ \}, "\$\{NAME\}" needs quotes\)\.$/,
    );
  });
});
