import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { errorTable } from '../../src/errors/error-table.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { readFences } from './fences.ts';
import { type ExampleServer, testExamples } from './run-examples.ts';
import { startMcpExamples } from './start-mcp-examples.ts';

const folder = new URL('../../docs/how-to/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const list = read('README.md');
const pages = readdirSync(folder).filter((name) => name !== 'README.md');
const secrets = { OPENAI_API_KEY: 'sk-openai', HERMES_KEY: 'sk-hermes' };

const settingsOf = (page: string): string =>
  readFences(read(page)).find(({ language }) => language === 'yaml')?.text ?? assert.fail(`${page} has no settings`);

const mcp = startMcpExamples(settingsOf('approve-tool-calls.md'));
after(() => mcp[Symbol.dispose]());

/** The servers of the pages that need settings. */
const servers: Record<string, ExampleServer> = {
  'approve-tool-calls.md': mcp,
  'serve-several-models.md': {
    adapt: (text) => text,
    async start() {
      using config = writeConfig(settingsOf('serve-several-models.md'));
      return await startTalaria({ TALARIA_CONFIG: config.path, ...secrets });
    },
  },
};
const plain: ExampleServer = {
  start: () => startTalaria(),
  adapt: (text) => text.replaceAll('$OPERATOR_KEY', 'none'),
};

for (const page of pages) testExamples(`how to ${page.replace('.md', '')}`, read(page), servers[page] ?? plain);

describe('the how-to pages', () => {
  test('are all listed by their titles', () => {
    const listed = [...list.matchAll(/^- \[(.+)\]\((.+)\)$/gm)].map(([, title, name]) => [name, title]);
    assert.deepEqual(
      listed.toSorted(),
      pages.map((name) => [name, /^# (.+)$/m.exec(read(name))?.[1]]),
    );
    assert.ok(pages.length >= 20);
  });

  test('have keywords for the search', () => {
    for (const page of pages) {
      const [, matter = ''] = /^---\n([\s\S]*?)\n---\n/.exec(read(page)) ?? [];
      const { keywords } = parse(matter);
      assert.ok(Array.isArray(keywords) && keywords.length >= 5, page);
    }
  });

  test('are short: an answer first, at most two screens of it', () => {
    for (const page of pages) {
      const lines = read(page).split('\n').length;
      assert.ok(lines <= 160, `${page} has ${lines} lines`);
    }
  });

  test('show settings that the server accepts', () => {
    let seen = 0;
    for (const { language, text } of pages.flatMap((page) => readFences(read(page)))) {
      if (language !== 'yaml') continue;
      using file = writeConfig(text);
      loadConfig({ TALARIA_CONFIG: file.path, ...secrets });
      seen += 1;
    }
    assert.equal(seen, 3);
  });

  test('show variables that the server accepts', () => {
    const commands = pages.flatMap((page) =>
      [...read(page).matchAll(/[A-Z][A-Z_]+=\S+(?: [A-Z][A-Z_]+=\S+)*(?= npm start|` \|$|`$)/gm)].map(([all]) => all),
    );
    assert.ok(commands.length >= 10, `${commands.length}`);
    for (const command of commands) {
      const variables = Object.fromEntries(command.split(' ').map((pair) => pair.replace('…', 'key').split('=', 2)));
      const webhook = variables['WEBHOOK_URL'] ? { WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } : {};
      assert.ok(toConfig(readEnvironment({ ...variables, ...webhook })), command);
    }
  });

  test('name existing error codes with their statuses', () => {
    let named = 0;
    for (const page of pages) {
      for (const [, status, code = ''] of read(page).matchAll(/`(\d{3})`, `(\w+_\w+)`/g)) {
        const found = Object.entries(errorTable).find(([name]) => name === code);
        assert.equal(found?.[1].status, Number(status), `${page}: ${code}`);
        named += 1;
      }
    }
    assert.ok(named > 20);
  });
});
