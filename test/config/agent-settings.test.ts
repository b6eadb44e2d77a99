// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written so
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load-config.ts';
import { longestTimerMs } from '../../src/config/parse/to-duration.ts';
import type { UpstreamConfig } from '../../src/config/to-agent-config.ts';
import { defaultUpstreamSettings } from '../../src/config/upstream-settings.ts';
import { writeConfig } from '../helpers/write-config.ts';

const caFile = fileURLToPath(new URL('../helpers/tls/ca.pem', import.meta.url));

type Variables = Record<string, string>;

function fromFile(settings: string, variables: Variables = {}): UpstreamConfig {
  using file = writeConfig(`agents:\n  a:\n    url: http://127.0.0.1:1/v1\n${settings.replace(/^/gm, '    ')}\n`);
  return upstreamOf(loadConfig({ ...variables, TALARIA_CONFIG: file.path }).agents.get('a'));
}

function fromVariables(variables: Variables): UpstreamConfig {
  return upstreamOf(loadConfig({ AGENT_URL: 'http://127.0.0.1:1/v1', ...variables }).agents.get('default'));
}

function upstreamOf(agent: { kind: string } | undefined): UpstreamConfig {
  assert.equal(agent?.kind, 'upstream');
  return agent as UpstreamConfig;
}

function refusalOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'ConfigError', error.message);
    assert.doesNotMatch(error.message, /\n/);
    return error.message.replace(/^\S*\.yaml: /, '');
  }
  assert.fail('was accepted');
}

describe('the settings of an agent', () => {
  test('are all read from the file', () => {
    const { api, settings } = fromFile(
      `
api: responses
headers: { api-key: "\${AZURE_KEY}", X-Team: blue }
session_header: X-Chat
extra_body: { top_k: 20, chat_template_kwargs: { enable_thinking: false }, tags: ["\${AZURE_KEY}"] }
pass_fields: [min_p, top_k]
omit_fields: [seed]
max_tokens_field: max_completion_tokens
reasoning_field: none
system_role: developer
first_byte_timeout: 10m
idle_timeout: 0
run_timeout: 90
max_runs: 10
proxy: http://proxy.example:3128
ca_file: ${caFile}
retries: 0
models: [a, b]
structured_outputs: prompt
upstream_stream: when_streamed
upstream_state: true`,
      { AZURE_KEY: 'sk-azure' },
    );
    assert.equal(api, 'responses');
    assert.deepEqual(settings, {
      headers: { 'api-key': 'sk-azure', 'X-Team': 'blue' },
      sessionHeaders: ['X-Chat'],
      extraBody: { top_k: 20, chat_template_kwargs: { enable_thinking: false }, tags: ['sk-azure'] },
      passFields: ['min_p', 'top_k'],
      omitFields: ['seed'],
      maxTokensField: 'max_completion_tokens',
      reasoningField: 'none',
      systemRole: 'developer',
      firstByteMs: 600_000,
      idleMs: longestTimerMs,
      runTimeoutMs: 90_000,
      maxRuns: 10,
      proxy: 'http://proxy.example:3128/',
      caFile,
      retries: 0,
      models: ['a', 'b'],
      structuredOutputs: 'prompt',
      upstreamStream: 'when_streamed',
      upstreamState: true,
    });
  });

  test('are read from variables for the agent of AGENT_URL', () => {
    const { api, settings } = fromVariables({
      AGENT_API: 'hermes',
      AGENT_HEADERS: '{"api-key":"sk-azure"}',
      AGENT_SESSION_HEADER: 'X-Chat, X-Other',
      AGENT_EXTRA_BODY: '{"top_k":20}',
      AGENT_PASS_FIELDS: 'min_p,top_k',
      AGENT_OMIT_FIELDS: 'seed',
      AGENT_MAX_TOKENS_FIELD: 'max_tokens',
      AGENT_REASONING_FIELD: 'reasoning',
      AGENT_SYSTEM_ROLE: 'user',
      AGENT_MAX_RUNS: '3',
      AGENT_PROXY: 'http://me:pass@proxy.example:3128',
      AGENT_CA_FILE: caFile,
      AGENT_RETRIES: '5',
      AGENT_MODELS: 'a, b',
      AGENT_STRUCTURED_OUTPUTS: 'native',
      AGENT_UPSTREAM_STREAM: 'always',
      AGENT_UPSTREAM_STATE: '1',
    });
    assert.equal(api, 'hermes');
    assert.deepEqual(settings, {
      ...defaultUpstreamSettings,
      headers: { 'api-key': 'sk-azure' },
      sessionHeaders: ['X-Chat', 'X-Other'],
      extraBody: { top_k: 20 },
      passFields: ['min_p', 'top_k'],
      omitFields: ['seed'],
      maxTokensField: 'max_tokens',
      reasoningField: 'reasoning',
      systemRole: 'user',
      maxRuns: 3,
      proxy: 'http://me:pass@proxy.example:3128/',
      caFile,
      retries: 5,
      upstreamStream: 'always',
      models: ['a', 'b'],
      structuredOutputs: 'native',
      upstreamState: true,
    });
  });

  test('have an API that the scheme of the URL may name', () => {
    for (const [url, api] of [
      ['openai-responses+http://127.0.0.1:1/v1', 'responses'],
      ['openai-responses+https://a.example/v1', 'responses'],
      ['hermes+http://127.0.0.1:1/v1/', 'hermes'],
      ['http://127.0.0.1:1/v1', 'chat-completions'],
    ] as const) {
      const agent = fromVariables({ AGENT_URL: url });
      assert.deepEqual([agent.api, agent.url], [api, url.replace(/^[a-z-]+\+|\/$/g, '')]);
    }
    const mixed = { AGENT_URL: 'hermes+http://127.0.0.1:1/v1', AGENT_API: 'responses' };
    assert.equal(
      refusalOf(() => fromVariables(mixed)),
      'AGENT_API: contradicts the scheme of the URL, which means "hermes".',
    );
    assert.match(
      refusalOf(() => fromVariables({ AGENT_URL: 'grpc+http://127.0.0.1/v1' })),
      /^AGENT_URL=/,
    );
  });

  const wrong: [settings: string, complaint: string][] = [
    ['api: chat', 'api: must be one of: chat-completions, responses, hermes.'],
    ['headers: [a]', 'headers: must be a mapping.'],
    ['headers: { "a b": x }', 'headers: must consist of valid names of HTTP headers.'],
    ['headers: { Content-Length: "1" }', 'headers: must not contain "Content-Length": the server sets it itself.'],
    [
      'headers: { a: "secret\\n1" }',
      'headers: the value of "a" must be a string of visible ASCII characters and spaces.',
    ],
    ['headers: { a: 1 }', 'headers: the value of "a" must be a string of visible ASCII characters and spaces.'],
    ['headers: { A: x, a: y }', 'headers: "a" is set twice.'],
    ['headers: { a: "${NO_SUCH}" }', 'headers.a: the environment variable NO_SUCH is not set.'],
    [
      'api_key: k\nheaders: { authorization: Basic x }',
      'headers: must not contain "Authorization" beside the key of the agent.',
    ],
    ['session_header: "a:b"', 'session_header: must consist of valid names of HTTP headers.'],
    ['session_header: 7', 'session_header: must be a string or a list of strings.'],
    ['extra_body: [1]', 'extra_body: must be a mapping.'],
    ['extra_body: { stream: false }', 'extra_body: must not contain "stream": use the setting upstream_stream.'],
    ['omit_fields: [messages]', 'omit_fields: must not contain "messages": it is the conversation.'],
    ['max_tokens_field: tokens', 'max_tokens_field: must be one of: max_tokens, max_completion_tokens.'],
    ['reasoning_field: thoughts', 'reasoning_field: must be one of: reasoning_content, reasoning, none.'],
    ['system_role: tool', 'system_role: must be one of: system, developer, user.'],
    [
      'idle_timeout: fast',
      'idle_timeout: must be a duration such as 500ms, 90s, 30m or 1h, at most 24 days, or 0 for no limit.',
    ],
    ['max_runs: 0', 'max_runs: must be an integer from 1 to 100000.'],
    [
      'proxy: socks5://secret@x',
      'proxy: must be the http(s) URL of a proxy, such as http://proxy.example.org:3128, or "none".',
    ],
    ['ca_file: /nowhere/ca.pem', 'ca_file: cannot read the file (ENOENT).'],
    ['ca_file: package.json', 'ca_file: must be a PEM file with valid certificates.'],
    ['retries: 11', 'retries: must be an integer from 0 to 10.'],
    ['models: []', 'models: must name at least one model; omit it to ask the agent.'],
    ['model: a\nmodels: [b]', 'models: must not be set beside a model, which is then the only one.'],
    ['structured_outputs: tools', 'structured_outputs: must be one of: native, json_object, prompt.'],
    ['upstream_stream: never', 'upstream_stream: must be one of: always, when_streamed.'],
    ['upstream_state: maybe', 'upstream_state: must be true or false.'],
  ];
  for (const [settings, complaint] of wrong) {
    test(`are refused with their path: ${complaint}`, () => {
      const message = refusalOf(() => fromFile(settings));
      assert.equal(message, `agents.a.${complaint}`);
      assert.doesNotMatch(message, /secret/);
    });
  }

  const wrongVariables: [name: string, value: string, complaint: string][] = [
    ['AGENT_HEADERS', 'api-key: secret', 'must be a JSON object'],
    ['AGENT_EXTRA_BODY', '[1]', 'must be a JSON object'],
    ['AGENT_PASS_FIELDS', 'a,,b', 'must be a list of names, separated by commas'],
    ['AGENT_MAX_RUNS', 'ten', 'must be an integer from 1 to 100000'],
    ['AGENT_UPSTREAM_STATE', 'maybe', 'must be 1 or 0'],
    [
      'AGENT_PROXY',
      'ftp://secret@x',
      'must be the http(s) URL of a proxy, such as http://proxy.example.org:3128, or "none"',
    ],
  ];
  for (const [name, value, complaint] of wrongVariables) {
    test(`are refused by the name of their variable: ${name}`, () => {
      assert.equal(
        refusalOf(() => fromVariables({ [name]: value })),
        `${name}: ${complaint}.`,
      );
    });
  }

  test('bound the replies of one run, with any kind of agent', () => {
    using file = writeConfig('agents: { a: { url: "offline:", max_iterations: 5 }, b: { url: "offline:" } }');
    const { agents } = loadConfig({ TALARIA_CONFIG: file.path });
    assert.deepEqual([...agents.values()], [{ kind: 'offline', maxIterations: 5 }, { kind: 'offline' }]);
    for (const name of ['AGENT_MAX_ITERATIONS', 'HERMES_MAX_ITERATIONS']) {
      assert.equal(loadConfig({ [name]: '7' }).agents.get('default')?.maxIterations, 7);
      const complaint = `${name}: must be an integer from 1 to 10000.`;
      assert.equal(
        refusalOf(() => loadConfig({ [name]: '0' })),
        complaint,
      );
    }
    const both = loadConfig({ AGENT_MAX_ITERATIONS: '1', HERMES_MAX_ITERATIONS: '2' });
    assert.equal(both.agents.get('default')?.maxIterations, 1);
  });

  test('are refused for an agent without an HTTP API', () => {
    const complaint = 'applies only to an agent behind an HTTP API.';
    assert.equal(
      refusalOf(() => loadConfig({ AGENT_API: 'responses' })),
      `AGENT_API: ${complaint}`,
    );
    using file = writeConfig('agents: { a: { url: "replay:a.jsonl", max_runs: 1 } }');
    assert.equal(
      refusalOf(() => loadConfig({ TALARIA_CONFIG: file.path })),
      `agents.a.max_runs: ${complaint}`,
    );
  });
});

describe('the time-outs of all agents', () => {
  test('may be off', () => {
    const { agentTimeouts } = loadConfig({ AGENT_FIRST_BYTE_TIMEOUT: '0', AGENT_IDLE_TIMEOUT: '0s' });
    assert.deepEqual([agentTimeouts.firstByteMs, agentTimeouts.idleMs], [longestTimerMs, longestTimerMs]);
  });
});

describe('the proxy of the environment', () => {
  const env = { HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'secure:2' };
  const proxyOf = (url: string, variables: Variables = {}) =>
    fromVariables({ AGENT_URL: url, ...env, ...variables }).settings.proxy;

  test('is that of the scheme', () => {
    assert.equal(proxyOf('http://a.example/v1'), 'http://plain:1/');
    assert.equal(proxyOf('https://a.example/v1'), 'http://secure:2/');
    assert.equal(proxyOf('https://a.example/v1', { https_proxy: 'http://lower:3' }), 'http://lower:3/');
  });

  test('is never used for this machine, unless the agent sets it', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', 'a.localhost']) {
      assert.equal(proxyOf(`http://${host}:1/v1`), undefined, host);
      assert.equal(proxyOf(`http://${host}:1/v1`, { AGENT_PROXY: 'http://own:4' }), 'http://own:4/', host);
    }
  });

  test('yields to the setting of the agent', () => {
    assert.equal(proxyOf('http://a.example/v1', { AGENT_PROXY: 'none' }), undefined);
    assert.equal(fromFile('proxy: none', env).settings.proxy, undefined);
  });

  for (const exceptions of ['*', 'a.example', 'other, A.Example', '.example', '*.example', 'example', 'a.example:80']) {
    test(`is not used for a host that NO_PROXY names: ${exceptions}`, () => {
      assert.equal(proxyOf('http://a.example/v1', { NO_PROXY: exceptions }), undefined);
    });
  }

  for (const exceptions of ['b.example', 'a.example:8080', 'xample', 'b.a.example', '10.0.0.0/8']) {
    test(`is used for a host that NO_PROXY does not name: ${exceptions}`, () => {
      assert.equal(proxyOf('http://a.example/v1', { NO_PROXY: exceptions }), 'http://plain:1/');
    });
  }

  test('is not used for an address in a network of NO_PROXY', () => {
    assert.equal(proxyOf('http://10.1.2.3/v1', { NO_PROXY: '10.0.0.0/8' }), undefined);
    assert.equal(proxyOf('http://11.1.2.3/v1', { NO_PROXY: '10.0.0.0/8' }), 'http://plain:1/');
    assert.equal(proxyOf('http://[fd00::5]:1/v1', { NO_PROXY: 'fd00::/8' }), undefined);
  });

  test('is refused by the name of its variable when it applies and is invalid', () => {
    assert.equal(
      refusalOf(() => proxyOf('http://a.example/v1', { HTTP_PROXY: 'socks5://secret:1' })),
      'HTTP_PROXY: must be the http(s) URL of a proxy, such as http://proxy.example.org:3128.',
    );
    assert.equal(proxyOf('http://127.0.0.1/v1', { HTTP_PROXY: 'socks5://secret:1' }), undefined);
  });
});
