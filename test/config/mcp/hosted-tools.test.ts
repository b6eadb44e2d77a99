import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const servers = `
mcp_servers:
  searx: { url: "http://127.0.0.1:9/mcp" }
  docs: { command: docs-server, allowed_tools: [find] }
`;

function load(text: string) {
  using file = writeConfig(`${servers}${text}`);
  return loadConfig({ TALARIA_CONFIG: file.path }).mcp.hosted;
}

describe('hosted_tools', () => {
  test('map the hosted tools of the API to MCP tools', () => {
    const hosted = load(
      'hosted_tools: { web_search: searx/search, file_search: docs/find, code_interpreter: searx/a/b }',
    );
    assert.deepEqual(
      [...hosted],
      [
        ['web_search', { server: 'searx', tool: 'search' }],
        ['file_search', { server: 'docs', tool: 'find' }],
        ['code_interpreter', { server: 'searx', tool: 'a/b' }],
      ],
    );
    assert.equal(load('').size, 0);
  });

  const refused: [setting: string, message: RegExp][] = [
    [
      'hosted_tools: { web_search: search }',
      /hosted_tools\.web_search: must be a server and its tool, such as searx\/s/,
    ],
    ['hosted_tools: { web_search: google/search }', /unknown MCP server "google"; expected one of: searx, docs\.$/],
    ['hosted_tools: { file_search: docs/delete }', /allowed_tools of "docs" lacks "delete"; expected one of: find\.$/],
    ['hosted_tools: { image_generation: docs/find }', /hosted_tools.*image_generation/],
  ];
  for (const [setting, message] of refused) {
    test(`refuse ${setting}`, () => {
      assert.throws(
        () => load(setting),
        (error) => error instanceof ConfigError && message.test(error.message) && !error.message.includes('\n'),
        setting,
      );
    });
  }
});
