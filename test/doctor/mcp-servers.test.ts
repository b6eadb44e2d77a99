import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load-config.ts';
import { examineMcpServer } from '../../src/doctor/examine-mcp-server.ts';
import { writeConfig } from '../helpers/write-config.ts';

const command = process.execPath;
const program = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
const files = { command, args: [program, import.meta.dirname] };

/** Examines the server `files`. Returns one line for each finding. JSON is YAML. */
async function examine(server: object, more: object = {}): Promise<string[]> {
  using file = writeConfig(JSON.stringify({ mcp_servers: { files: server }, ...more }));
  const { mcp } = loadConfig({
    TALARIA_CONFIG: file.path,
    ...('agents' in more ? {} : { AGENT_MCP_SERVERS: 'files' }),
  });
  const findings = await examineMcpServer('files', mcp, { timeoutMs: 10_000, version: '1.0.0' });
  return findings.map(({ check, verdict, message, remedy }) =>
    [verdict, check, message, remedy].filter(Boolean).join(' | '),
  );
}

describe('doctor, for an MCP server,', () => {
  test('counts its tools', async () => {
    assert.deepEqual(await examine({ ...files, allowed_tools: ['read_text_file', 'write_file'] }), [
      'pass | reachable | answers',
      'pass | tools | 2 tools',
    ]);
  });

  test('names the tools that need approval', async () => {
    const lines = await examine({ ...files, require_approval: { always: ['write_file'] } });
    assert.match(lines[1] ?? '', /^note \| tools \| \d+ tools; with approval, and not in chats: write_file$/);
  });

  test('notes that no agent offers it', async () => {
    const lines = await examine(files, { agents: { main: { url: 'offline:' } } });
    assert.match(lines[2] ?? '', /^note \| agents \| offered by no agent.* add "files" to mcp_servers of an agent$/);
  });

  test('finds a hosted tool that is mapped to a missing one', async () => {
    const lines = await examine({ ...files }, { hosted_tools: { web_search: 'files/search' } });
    assert.match(lines[2] ?? '', /^fail \| hosted \| web_search is mapped to "search", .*files\/search_files, /);
  });

  test('says why it does not start', async () => {
    const code = "console.error('no licence'); process.exit(1)";
    assert.deepEqual(await examine({ command, args: ['-e', code] }), [
      "fail | reachable | The MCP server 'files' failed: it stopped. It wrote: no licence | check mcp_servers.files",
    ]);
    assert.match((await examine({ command: '/no/such/program' }))[0] ?? '', /its command was not found/);
  });
});
