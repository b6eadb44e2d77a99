import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';

/* The official conformance suite of MCP against our client. OAuth is left out: servers get the headers of a client. */

const run = promisify(execFile);
const program = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));
const client = fileURLToPath(new URL('./conformance/client.ts', import.meta.url));
const expected = fileURLToPath(new URL('./conformance/expected-failures.yaml', import.meta.url));
const scenarios = ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry'];

suite('the conformance suite of MCP', { concurrency: 2 }, () => {
  test('has no other scenarios for clients without OAuth', async () => {
    const { stdout } = await run(process.execPath, [program, 'list']);
    const [, list = ''] = stripVTControlCharacters(stdout).split('Client scenarios');
    const names = [...list.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name);
    assert.deepEqual(
      names.filter((name) => !name.startsWith('auth/')),
      scenarios,
    );
  });

  for (const scenario of scenarios) {
    test(scenario, async () => {
      const cwd = await mkdtemp(join(tmpdir(), 'talaria-conformance-'));
      const command = `"${process.execPath}" "${client}"`;
      const options = ['client', '--command', command, '--scenario', scenario, '--expected-failures', expected];
      try {
        await run(process.execPath, [program, ...options], { cwd });
      } catch (error) {
        const output = error instanceof Error && 'stdout' in error ? error.stdout : error;
        assert.fail(stripVTControlCharacters(`${output}`));
      } finally {
        await rm(cwd, { recursive: true, force: true });
      }
    });
  }
});
