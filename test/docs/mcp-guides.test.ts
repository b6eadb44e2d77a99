import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { readFences } from './fences.ts';
import { testExamples } from './run-examples.ts';
import { startMcpExamples } from './start-mcp-examples.ts';

const readGuide = (name: string): string =>
  readFileSync(new URL(`../../docs/guide/${name}.md`, import.meta.url), 'utf8');
const mcp = readGuide('mcp');
const approvals = readGuide('approvals');

const settings = readFences(mcp).filter(({ language }) => language === 'yaml');
const server = startMcpExamples(settings[0]?.text ?? assert.fail('the guide has no configuration'));
after(() => server[Symbol.dispose]());

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
