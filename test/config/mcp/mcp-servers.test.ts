// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written so
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import type { McpConfig } from '../../../src/config/mcp/mcp-config.ts';
import { writeConfig } from '../../helpers/write-config.ts';

function load(text: string, variables: Record<string, string> = {}): McpConfig {
  using file = writeConfig(text);
  return loadConfig({ TALARIA_CONFIG: file.path, ...variables }).mcp;
}

describe('mcp_servers', () => {
  test('reach the network as this server does, unless they have variables of their own', () => {
    const { servers } = load(
      'mcp_servers: { one: { command: npx }, other: { command: npx, env: { NO_PROXY: "*" } } }',
      { https_proxy: 'http://proxy:3128', NO_PROXY: 'localhost', NODE_EXTRA_CA_CERTS: '/ca.pem', TOKEN: 't0' },
    );
    const variablesOf = (label: string) => {
      const reach = servers.get(label)?.reach;
      return reach?.kind === 'stdio' ? reach.env : undefined;
    };
    const network = { https_proxy: 'http://proxy:3128', NO_PROXY: 'localhost', NODE_EXTRA_CA_CERTS: '/ca.pem' };
    assert.deepEqual(variablesOf('one'), network);
    assert.deepEqual(variablesOf('other'), { ...network, NO_PROXY: '*' });
  });

  test('are programs and URLs, with their rules', () => {
    const { servers } = load(
      `
mcp_servers:
  files:
    command: npx
    args: [-y, server-filesystem, "\${FOLDER}"]
    env: { TOKEN: "\${TOKEN}" }
    cwd: /srv
    description: Files of the project
    allowed_tools: [read_file, list_directory]
    require_approval: { always: [write_file] }
    timeout: 2m
    rerun: never
    tenants: [acme]
  search: { url: "https://search.example.org/mcp", headers: { Authorization: "Bearer \${TOKEN}" } }
tenants: { acme: }
`,
      { FOLDER: '/data', TOKEN: 't0' },
    );
    assert.deepEqual(servers.get('files'), {
      reach: {
        kind: 'stdio',
        command: 'npx',
        args: ['-y', 'server-filesystem', '/data'],
        env: { TOKEN: 't0' },
        cwd: '/srv',
      },
      description: 'Files of the project',
      allowedTools: ['read_file', 'list_directory'],
      approval: { always: { names: ['write_file'] }, never: {} },
      timeoutMs: 120_000,
      rerun: 'never',
      tenants: ['acme'],
    });
    assert.deepEqual(servers.get('search'), {
      reach: { kind: 'http', url: 'https://search.example.org/mcp', headers: { Authorization: 'Bearer t0' } },
      description: undefined,
      allowedTools: undefined,
      approval: 'never',
      timeoutMs: 60_000,
      rerun: 'safe',
      tenants: undefined,
    });
  });

  test('require approval of all tools, of none, or by name', () => {
    const rule = (setting: string) => load(`mcp_servers: { a: { command: a, require_approval: ${setting} } }`);
    const of = (setting: string) => rule(setting).servers.get('a')?.approval;
    assert.equal(of('always'), 'always');
    assert.equal(of('never'), 'never');
    assert.deepEqual(of('{ never: [read] }'), { never: { names: ['read'] } });
    assert.deepEqual(of('{ always: [write] }'), { always: { names: ['write'] }, never: {} });
    assert.deepEqual(of('{ always: [write], never: [read] }'), {
      always: { names: ['write'] },
      never: { names: ['read'] },
    });
  });

  test('are offered by the agents that name them', () => {
    const text = `
mcp_servers: { files: { command: a }, search: { url: "http://127.0.0.1:9/mcp" } }
agents: { main: { url: "offline:", mcp_servers: [search, files] }, plain: { url: "offline:" } }
`;
    assert.deepEqual(
      [...load(text).ofAgents],
      [
        ['main', ['search', 'files']],
        ['plain', []],
      ],
    );
    const own = load('mcp_servers: { files: { command: a } }', { AGENT_MCP_SERVERS: 'files' });
    assert.deepEqual([...own.ofAgents], [['default', ['files']]]);
  });

  const refused: [setting: string, message: RegExp][] = [
    ['a: {}', /mcp_servers\.a: command or url is required\.$/],
    ['a: { command: x, url: "http://b/" }', /mcp_servers\.a\.url: must not be set beside command/],
    ['a: { url: "ftp://b/" }', /mcp_servers\.a\.url: must be an http\(s\) URL/],
    ['a: { url: "http://me:secret@b/" }', /mcp_servers\.a\.url: .*without user and password/],
    ['a: { url: "http://b/", args: [x] }', /mcp_servers\.a\.args: applies only to a server with a command/],
    ['a: { command: x, headers: { a: b } }', /mcp_servers\.a\.headers: applies only to a server with a url/],
    ['a: { url: "http://b/", headers: { host: b } }', /mcp_servers\.a\.headers: must not contain "host"/],
    ['a: { command: x, env: { A: 1 } }', /mcp_servers\.a\.env: the value of "A" must be a string/],
    ['a: { command: x, require_approval: sometimes }', /require_approval: must be always, never, or a mapping/],
    ['a: { command: x, require_approval: {} }', /require_approval: must have always, never or both/],
    ['a: { command: x, rerun: maybe }', /rerun: must be one of: safe, always, never/],
    ['a: { command: x, tenants: [nobody] }', /tenants\[0\]: tenants does not define "nobody"/],
    ['a: { command: x, timeot: 1s }', /timeot: unknown setting; expected one of: command/],
    ['a__b: { command: x }', /mcp_servers\.a__b: a label has at most 64 .* does not contain "__"/],
    ['a.b: { command: x }', /mcp_servers\.a\.b: a label has/],
  ];
  for (const [setting, message] of refused) {
    test(`refuse ${setting}`, () => {
      assert.throws(
        () => load(`mcp_servers: { ${setting} }\ntenants: { acme: }`),
        (error) => error instanceof ConfigError && message.test(error.message) && !/secret|\n/.test(error.message),
      );
    });
  }

  test('refuse the label of an agent that is not defined', () => {
    assert.throws(
      () => load('mcp_servers: { a: { command: x } }\nagents: { main: { url: "offline:", mcp_servers: [b] } }'),
      /agents\.main\.mcp_servers: unknown MCP server "b"; expected some of: a\.$/,
    );
    assert.throws(
      () => load('', { AGENT_MCP_SERVERS: 'b' }),
      /^ConfigError: AGENT_MCP_SERVERS: .*mcp_servers defines none/,
    );
    const agents = 'agents: { main: { url: "offline:" } }';
    assert.throws(() => load(agents, { AGENT_MCP_SERVERS: 'b' }), /mutually exclusive/);
  });
});

describe('MCP_REQUEST_SERVERS and MCP_REQUEST_ORIGINS', () => {
  test('accept no URL by default', () => {
    const { requestServers, requestOrigins } = loadConfig({}).mcp;
    assert.deepEqual([requestServers, requestOrigins], ['none', undefined]);
  });

  test('accept public servers, any, or those of some origins', () => {
    const origins = 'https://mcp.example.org, http://127.0.0.1:9000';
    const { mcp } = loadConfig({ MCP_REQUEST_SERVERS: 'any', MCP_REQUEST_ORIGINS: origins });
    assert.equal(mcp.requestServers, 'any');
    assert.deepEqual(mcp.requestOrigins, ['https://mcp.example.org', 'http://127.0.0.1:9000']);
    assert.throws(() => loadConfig({ MCP_REQUEST_SERVERS: 'all' }), /MCP_REQUEST_SERVERS=all is invalid/);
    assert.throws(() => loadConfig({ MCP_REQUEST_ORIGINS: 'https://a.example.org/mcp' }), /MCP_REQUEST_ORIGINS=/);
  });
});
