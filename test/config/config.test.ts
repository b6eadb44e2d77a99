import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Config, toConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { hashKey } from '../../src/config/hash-key.ts';
import { limits } from '../../src/config/limits.ts';
import { defaultUpstreamSettings } from '../../src/config/upstream-settings.ts';

/** The settings of an unconfigured tenant, without its retention. */
const standard = {
  agents: undefined,
  limits: {
    runs: undefined,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
    tokensPerDay: undefined,
    storageBytes: undefined,
  },
};

const configure = (settings: Record<string, string> = {}): Config => toConfig(readEnvironment(settings));

function refusal(settings: Record<string, string>): string {
  try {
    configure(settings);
  } catch (error) {
    assert.ok(error instanceof ConfigError, `not a ConfigError: ${error}`);
    return error.message;
  }
  assert.fail(`accepted ${JSON.stringify(settings)}`);
}

test('an empty environment configures a loopback server with the offline agent and a SQLite store', () => {
  assert.deepEqual(configure(), {
    host: '127.0.0.1',
    port: 8642,
    file: undefined,
    tenancy: { keys: undefined, tenants: new Map(), standard: { ...standard, retentionSeconds: 30 * 86_400 } },
    corsOrigins: { kind: 'loopback' },
    agents: new Map([['default', { kind: 'offline' }]]),
    mcp: {
      servers: new Map(),
      ofAgents: new Map([['default', []]]),
      hosted: new Map(),
      requestServers: 'none',
      requestOrigins: undefined,
    },
    webhooks: new Map(),
    workers: 1,
    store: { kind: 'sqlite', file: 'talaria.db' },
    carryInstructions: true,
    validateOutput: false,
    logLevel: 'info',
    bodies: {
      bytes: limits.bodyBytes,
      values: limits.bodyValues,
      levels: limits.bodyLevels,
      largeAtOnce: limits.largeBodies,
    },
    keepAliveMs: limits.keepAliveMs,
    drainMs: limits.drainMs,
    shutdownMs: limits.shutdownMs,
    stallMs: limits.streamStallMs,
    schemas: {
      bytes: limits.schemaBytes,
      checkMs: limits.schemaCheckMs,
      checkMegabytes: limits.schemaCheckMegabytes,
    },
    agentTimeouts: {
      firstByteMs: limits.upstreamFirstByteMs,
      idleMs: limits.upstreamIdleMs,
      connectionMs: limits.upstreamConnectionWaitMs,
    },
    runs: {
      atOnce: limits.runsAtOnce,
      queued: limits.queuedRuns,
      leaseMs: limits.leaseMs,
      resumes: true,
      logSeconds: 24 * 3600,
      recordSeconds: 7 * 24 * 3600,
      timeoutMs: limits.runTimeoutMs,
      attempts: limits.runAttempts,
      approvalSeconds: limits.approvalMs / 1000,
      answerBytes: limits.answerBytes,
      historyBytes: limits.historyBytes,
      historyItems: limits.historyItems,
    },
    journalEntries: limits.journalEntries,
    telemetry: { metrics: undefined, traces: undefined },
  });
});

test('every setting is read', () => {
  const config = configure({
    API_SERVER_HOST: '0.0.0.0',
    METRICS_HOST: '[::1]',
    METRICS_PORT: '9464',
    API_SERVER_PORT: '9000',
    API_SERVER_KEY: 'sk-secret',
    API_SERVER_CORS_ORIGINS: 'https://one.example, https://two.example:8443',
    AGENT_URL: 'http://127.0.0.1:11434/v1/',
    AGENT_API_KEY: 'sk-upstream',
    AGENT_MODEL: 'llama',
    MCP_REQUEST_SERVERS: 'public',
    MCP_REQUEST_ORIGINS: 'https://mcp.example.org',
    STORE_URL: 'memory:?max=7',
    RETENTION_DAYS: '7',
    CARRY_INSTRUCTIONS: '0',
    VALIDATE_OUTPUT: '1',
    LOG_LEVEL: 'debug',
    API_SERVER_MAX_BODY_BYTES: '2048',
    API_SERVER_KEEP_ALIVE_MS: '100',
    API_SERVER_SHUTDOWN_MS: '0',
    MAX_RUNS: '8',
    MAX_QUEUED_RUNS: '0',
    RUN_LEASE_MS: '500',
    RUN_RECOVERY: 'restart',
    STREAM_LOG_HOURS: '2',
    RUN_RECORD_HOURS: '3',
    JOURNAL_ENTRIES: '50',
    API_SERVER_MAX_BODY_VALUES: '1000',
    API_SERVER_MAX_BODY_LEVELS: '32',
    API_SERVER_MAX_LARGE_BODIES: '2',
    API_SERVER_DRAIN_MS: '0',
    API_SERVER_STALL_MS: '5000',
    MAX_SCHEMA_BYTES: '4096',
    SCHEMA_CHECK_MS: '50',
    SCHEMA_CHECK_MB: '64',
    RUN_TIMEOUT: '30m',
    RUN_ATTEMPTS: '2',
    APPROVAL_TIMEOUT: '1500ms',
    MAX_ANSWER_BYTES: '3000',
    MAX_HISTORY_BYTES: '4000',
    MAX_HISTORY_ITEMS: '50',
    AGENT_FIRST_BYTE_TIMEOUT: '90s',
    AGENT_IDLE_TIMEOUT: '45',
    AGENT_CONNECTION_TIMEOUT: '500ms',
  });
  assert.deepEqual(config, {
    host: '0.0.0.0',
    port: 9000,
    file: undefined,
    tenancy: {
      keys: [{ name: 'API_SERVER_KEY', tenant: 'default', hash: hashKey('sk-secret') }],
      tenants: new Map(),
      standard: { ...standard, retentionSeconds: 7 * 86_400 },
    },
    corsOrigins: { kind: 'list', origins: new Set(['https://one.example', 'https://two.example:8443']) },
    agents: new Map([
      [
        'default',
        {
          kind: 'upstream',
          api: 'chat-completions',
          settings: defaultUpstreamSettings,
          url: 'http://127.0.0.1:11434/v1',
          apiKey: 'sk-upstream',
          model: 'llama',
        },
      ],
    ]),
    mcp: {
      servers: new Map(),
      ofAgents: new Map([['default', []]]),
      hosted: new Map(),
      requestServers: 'public',
      requestOrigins: ['https://mcp.example.org'],
    },
    webhooks: new Map(),
    workers: 1,
    store: { kind: 'memory', maxResponses: 7 },
    carryInstructions: false,
    validateOutput: true,
    logLevel: 'debug',
    bodies: { bytes: 2048, values: 1000, levels: 32, largeAtOnce: 2 },
    keepAliveMs: 100,
    drainMs: 0,
    shutdownMs: 0,
    stallMs: 5000,
    schemas: { bytes: 4096, checkMs: 50, checkMegabytes: 64 },
    agentTimeouts: { firstByteMs: 90_000, idleMs: 45_000, connectionMs: 500 },
    runs: {
      atOnce: 8,
      queued: 0,
      leaseMs: 500,
      resumes: true,
      logSeconds: 7200,
      recordSeconds: 10_800,
      timeoutMs: 1_800_000,
      attempts: 2,
      approvalSeconds: 2,
      answerBytes: 3000,
      historyBytes: 4000,
      historyItems: 50,
    },
    journalEntries: 50,
    telemetry: { metrics: { host: '::1', port: 9464 }, traces: undefined },
  });
});

test('a setting that is empty or blank counts as not set', () => {
  const names = ['API_SERVER_PORT', 'API_SERVER_KEY', 'API_SERVER_HOST', 'AGENT_URL', 'STORE_URL', 'LOG_LEVEL'];
  for (const name of names) assert.deepEqual(configure({ [name]: '' }), configure(), name);
  for (const name of names) assert.deepEqual(configure({ [name]: '  ' }), configure(), name);
});

describe('an invalid value is refused in one line that names its variable', () => {
  const bad: [name: string, value: string][] = [
    ['API_SERVER_PORT', 'http'],
    ['API_SERVER_PORT', '65536'],
    ['API_SERVER_PORT', '-1'],
    ['API_SERVER_PORT', '80.5'],
    ['API_SERVER_PORT', '0x50'],
    ['API_SERVER_PORT', '1e3'],
    ['API_SERVER_KEY', 'two words'],
    ['API_SERVER_KEY', 'schlüssel'],
    ['API_SERVER_KEY', 'line\nbreak'],
    ['API_SERVER_CORS_ORIGINS', 'chat.example.org'],
    ['API_SERVER_CORS_ORIGINS', 'https://chat.example.org/'],
    ['API_SERVER_CORS_ORIGINS', 'https://*.example.org'],
    ['API_SERVER_CORS_ORIGINS', 'chrome-extension://*'],
    ['API_SERVER_CORS_ORIGINS', 'app://obsidian.md/'],
    ['API_SERVER_CORS_ORIGINS', 'https://chat.example.org/path'],
    ['API_SERVER_CORS_ORIGINS', 'https://one.example,,https://two.example'],
    ['AGENT_URL', 'localhost:11434'],
    ['AGENT_URL', 'ftp://127.0.0.1/v1'],
    ['AGENT_URL', 'offline'],
    ['AGENT_URL', 'http://user@127.0.0.1/v1'],
    ['AGENT_URL', 'replay:'],
    ['AGENT_URL', 'replay:?pace=none'],
    ['AGENT_URL', 'replay:a.jsonl?pace=fast'],
    ['AGENT_URL', 'replay:a.jsonl?speed=2'],
    ['AGENT_API_KEY', 'two words'],
    ['AGENT_API_KEY', 'schlüssel'],
    ['MAX_RUNS', '0'],
    ['MAX_QUEUED_RUNS', '-1'],
    ['RUN_LEASE_MS', '99'],
    ['RUN_RECOVERY', 'retry'],
    ['RUN_TIMEOUT', '0'],
    ['RUN_TIMEOUT', '1.5h'],
    ['RUN_TIMEOUT', '25d'],
    ['AGENT_IDLE_TIMEOUT', '600h'],
    ['RUN_ATTEMPTS', '0'],
    ['APPROVAL_TIMEOUT', '0'],
    ['MAX_SCHEMA_BYTES', '12'],
    ['API_SERVER_MAX_BODY_LEVELS', '5000'],
    ['STREAM_LOG_HOURS', '0.5'],
    ['STREAM_LOG_HOURS', '876001'],
    ['RUN_RECORD_HOURS', '0'],
    ['STORE_URL', 'mysql://localhost/talaria'],
    ['STORE_URL', 'sqlite:'],
    ['STORE_URL', 'talaria.db'],
    ['STORE_URL', 'memory:responses'],
    ['STORE_URL', 'memory:?max=0'],
    ['STORE_URL', 'memory:?max=ten'],
    ['STORE_URL', 'memory:?synchronous=full'],
    ['STORE_URL', 'sqlite:a.db?synchronous=off'],
    ['STORE_URL', 'sqlite:a.db?mode=ro'],
    ['RETENTION_DAYS', 'month'],
    ['RETENTION_DAYS', '-1'],
    ['RETENTION_DAYS', '36501'],
    ['CARRY_INSTRUCTIONS', 'maybe'],
    ['VALIDATE_OUTPUT', '2'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_LEVEL', 'INFO'],
    ['API_SERVER_MAX_BODY_BYTES', '1023'],
    ['API_SERVER_MAX_BODY_BYTES', '32MB'],
    ['API_SERVER_KEEP_ALIVE_MS', '99'],
    ['API_SERVER_KEEP_ALIVE_MS', '10s'],
    ['API_SERVER_SHUTDOWN_MS', '-5'],
    // Node fires such a timer after one millisecond.
    ['API_SERVER_KEEP_ALIVE_MS', '2147483648'],
    ['API_SERVER_SHUTDOWN_MS', '2147483648'],
    ['API_SERVER_MAX_BODY_BYTES', '1073741824'],
  ];
  for (const [name, value] of bad) {
    test(`${name}=${JSON.stringify(value)}`, () => {
      const message = refusal({ [name]: value });
      assert.ok(message.includes(name), message);
      assert.doesNotMatch(message, /\n/);
    });
  }
});

test('RETENTION_DAYS=0 disables expiry', () => {
  assert.equal(configure({ RETENTION_DAYS: '0' }).tenancy.standard.retentionSeconds, undefined);
});

test('the configuration contains the hash of the key only, as it may be logged', () => {
  assert.doesNotMatch(JSON.stringify(configure({ API_SERVER_KEY: 'sk-secret' })), /sk-secret/);
});

test('the message for an invalid key does not contain it', () => {
  assert.doesNotMatch(refusal({ API_SERVER_KEY: 'sk secret' }), /sk secret/);
  assert.doesNotMatch(refusal({ AGENT_API_KEY: 'sk secret' }), /sk secret/);
});

test('a URL with a password is refused without printing it', () => {
  for (const scheme of ['http', 'htp']) {
    const message = refusal({ AGENT_URL: `${scheme}://someone:sk-secret@127.0.0.1/v1` });
    assert.match(message, /^AGENT_URL=\S+\/\/…@127\.0\.0\.1\/v1 is invalid: expected .*without user and password/);
    assert.doesNotMatch(message, /someone|sk-secret/);
  }
});

describe('API_SERVER_HOST', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost', 'talaria.localhost']) {
    test(`${host} needs no key`, () => assert.equal(configure({ API_SERVER_HOST: host }).host, host));
  }
  test('may be in brackets, as in URLs', () => {
    assert.equal(configure({ API_SERVER_HOST: '[::1]' }).host, '::1');
  });
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org', 'localhost.example.org']) {
    test(`${host} is refused without API_SERVER_KEY, and accepted with it`, () => {
      const message = refusal({ API_SERVER_HOST: host });
      assert.match(message, /API_SERVER_HOST=.*API_SERVER_KEY/);
      assert.equal(configure({ API_SERVER_HOST: host, API_SERVER_KEY: 'sk-1' }).host, host);
    });
  }
});

describe('API_SERVER_CORS_ORIGINS', () => {
  for (const origin of [
    ...['app://obsidian.md', 'chrome-extension://gfdkimpbcpahaombhbimeihdjnejgicl', 'tauri://localhost', 'file://'],
    ...['moz-extension://3c1b12a4-0bd6-4b7c-8a7b-1f0f2b9a2f11', 'vscode-webview://0a1b2c', 'null'],
  ]) {
    test(`may list ${origin}`, () => {
      const config = configure({ API_SERVER_CORS_ORIGINS: origin });
      assert.deepEqual(config.corsOrigins, { kind: 'list', origins: new Set([origin]) });
    });
  }

  test('* is accepted with a key', () => {
    const config = configure({ API_SERVER_CORS_ORIGINS: '*', API_SERVER_KEY: 'sk-1' });
    assert.deepEqual(config.corsOrigins, { kind: 'any' });
  });

  test('* is refused without a key', () => {
    assert.match(refusal({ API_SERVER_CORS_ORIGINS: '*' }), /API_SERVER_CORS_ORIGINS=\*.*API_SERVER_KEY/);
    assert.match(refusal({ API_SERVER_CORS_ORIGINS: 'https://one.example,*' }), /API_SERVER_KEY/);
  });
});

test('AGENT_URL names a recording to be replayed, and the pace', () => {
  const agentOf = (url: string) => configure({ AGENT_URL: url }).agents.get('default');
  assert.deepEqual(agentOf('replay:a b.jsonl'), { kind: 'replay', file: 'a b.jsonl', pace: 'none' });
  assert.deepEqual(agentOf('replay:/a/b.jsonl?pace=none'), { kind: 'replay', file: '/a/b.jsonl', pace: 'none' });
  assert.deepEqual(agentOf('replay:a.jsonl?pace=recorded'), { kind: 'replay', file: 'a.jsonl', pace: 'recorded' });
});

describe('switches', () => {
  for (const [text, expected] of [
    ['1', true],
    ['true', true],
    ['YES', true],
    ['on', true],
    ['0', false],
    ['False', false],
    ['no', false],
    ['off', false],
  ] as const) {
    test(`${text} means ${expected}`, () =>
      assert.equal(configure({ VALIDATE_OUTPUT: text }).validateOutput, expected));
  }
});

describe('the model of the agent', () => {
  const modelOf = (settings: Record<string, string>) => {
    const [agent] = configure({ AGENT_URL: 'http://127.0.0.1:1/v1', ...settings }).agents.values();
    return agent?.kind === 'upstream' ? agent.model : assert.fail('not an upstream');
  };

  test('AGENT_MODEL takes precedence over HERMES_MODEL, and that over LLM_MODEL', () => {
    assert.equal(modelOf({ LLM_MODEL: 'c', HERMES_MODEL: 'b', AGENT_MODEL: 'a' }), 'a');
    assert.equal(modelOf({ LLM_MODEL: 'c', HERMES_MODEL: 'b' }), 'b');
    assert.equal(modelOf({ LLM_MODEL: 'c' }), 'c');
    assert.equal(modelOf({}), undefined);
  });

  test('an empty variable counts as unset', () => {
    assert.equal(modelOf({ AGENT_MODEL: '', HERMES_MODEL: ' ', LLM_MODEL: 'c' }), 'c');
  });
});
