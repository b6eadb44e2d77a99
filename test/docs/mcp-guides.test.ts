import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hashKey } from '../../src/config/hash-key.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { readFences } from './fences.ts';
import { type ExampleServer, testExamples } from './run-examples.ts';

const readGuide = (name: string): string =>
  readFileSync(new URL(`../../docs/guide/${name}.md`, import.meta.url), 'utf8');
const mcp = readGuide('mcp');
const approvals = readGuide('approvals');

const notes = realpathSync(mkdtempSync(join(tmpdir(), 'talaria-notes-')));
writeFileSync(join(notes, 'todo.txt'), 'Buy milk.');
after(() => rmSync(notes, { recursive: true, force: true }));

/** The program that `npx` would download. */
const filesystem = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
const adapt = (text: string): string =>
  text
    .replaceAll('/srv/notes', notes)
    .replaceAll('$OPERATOR_KEY', 'none')
    .replace('command: npx', `command: ${process.execPath}`)
    .replace("'-y', '@modelcontextprotocol/server-filesystem'", filesystem);

const settings = readFences(mcp).filter(({ language }) => language === 'yaml');
const first = settings[0]?.text ?? assert.fail('the guide has no configuration');

const server: ExampleServer = {
  adapt,
  async start() {
    const config = writeConfig(adapt(first));
    const started = await startTalaria({ TALARIA_CONFIG: config.path });
    return {
      ...started,
      async [Symbol.asyncDispose]() {
        await started[Symbol.asyncDispose]();
        config[Symbol.dispose]();
      },
    };
  },
};

testExamples('the guide to MCP tools', mcp, server);
testExamples('the guide to approvals', approvals, server);
testExamples('the guide to the console', readGuide('console'), server);

test('the configurations of the guides are valid', () => {
  const fences = [...settings, ...readFences(approvals).filter(({ language }) => language === 'yaml')];
  assert.equal(fences.length, 4);
  for (const { text } of fences) {
    using file = writeConfig(text.replaceAll('sha256:…', (_hash, offset: number) => hashKey(`${offset}`)));
    loadConfig({ TALARIA_CONFIG: file.path, TICKETS_TOKEN: 'secret' });
  }
});
