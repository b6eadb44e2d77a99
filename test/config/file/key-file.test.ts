import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { KeyFile } from '../../../src/config/file/key-file.ts';
import { hashKey } from '../../../src/config/hash-key.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const hash = hashKey('tlr_new');
const entry = { name: '123', tenant: 'acme', hash, added: '2026-11-26' };
const oldHash = hashKey('tlr_old');

/** A file in a different style from ours. */
const start = `# Who answers


agents:
    hermes:   # big
        url:   http://127.0.0.1:8700/v1    # the big one
        api_key: "\${HERMES_KEY}"
        models: [a,b,   c]
tenants:
    acme: {retention_days: 30}

`;
const list = `keys:
# of the house

- name: ci   # of the build
  tenant:   acme
  hash:  '${oldHash}' # made in May
`;
const end = '\n\n# the end\n';

const toLines = (indent: string) =>
  `${indent}- name: "123"\n${indent}  tenant: acme\n${indent}  hash: ${hash}\n${indent}  added: 2026-11-26\n`;
const toWindows = (text: string) => text.replaceAll('\n', '\r\n');
const indented = list.replace(/^(?=- | {2}[nth])/gm, '      ');

/** The text before, with the key added, and with it removed again (by default as before). */
const texts: Record<string, [before: string, withKey: string, after?: string]> = {
  'as a block': [start + list + end, start + list + toLines('') + end],
  'with an indent': [start + indented + end, start + indented + toLines('      ') + end],
  'with the line ends of Windows': [toWindows(start + list + end), toWindows(start + list + toLines('') + end)],
  'at the end': [start + list, start + list + toLines('')],
  'at the end, without a final newline': [`${start}${list}`.trimEnd(), (start + list + toLines('')).trimEnd()],
  'as an empty list': [
    `${start}keys:   [] # none${end}`,
    `${start}keys:\n${toLines('  ').trimEnd()} # none${end}`,
    `${start}keys: []${end}`,
  ],
  'not at all': [start + end, `${start}${end}keys:\n${toLines('  ')}`, `${start}${end}keys: []\n`],
  'not at all, without a final newline': [
    `${start}x: 1`,
    `${start}x: 1\nkeys:\n${toLines('  ')}`,
    `${start}x: 1\nkeys: []\n`,
  ],
  'in a file of comments': ['# nothing\n\n', `# nothing\n\nkeys:\n${toLines('  ')}`, '# nothing\n\nkeys: []\n'],
  'in an empty file': ['', `keys:\n${toLines('  ')}`, 'keys: []\n'],
};

describe('a file with keys', () => {
  for (const [how, [before, withKey, after = before]] of Object.entries(texts)) {
    test(`with its list ${how} changes only the lines of the key`, () => {
      using file = writeConfig(before);
      KeyFile.change(file.path, (keys) => keys.add(entry));
      assert.equal(readFileSync(file.path, 'utf8'), withKey);
      KeyFile.change(file.path, (keys) => keys.remove('123'));
      assert.equal(readFileSync(file.path, 'utf8'), after);
    });
  }

  test('removes an entry with its comment, and keeps the comment of the list', () => {
    const more = `# of Ada\n# and Bob\n${toLines('')}`;
    for (const [name, left] of [
      ['123', list],
      ['ci', `keys:\n# of the house\n\n${more}`],
    ] as const) {
      using file = writeConfig(start + list + more + end);
      KeyFile.change(file.path, (keys) => keys.remove(name));
      assert.equal(readFileSync(file.path, 'utf8'), start + left + end);
    }
  });

  test('with a list in flow style keeps its other values', () => {
    for (const before of [
      `keys: [ { name: ci, hash: '${oldHash}' } ] # two\nx: 1\n`,
      `{ keys: [ { name: ci, hash: '${oldHash}' } ], x: 1 }\n`,
      `{ x: 1 }\n`,
      `x: 1\n...\n`,
    ]) {
      using file = writeConfig(before);
      const names = new KeyFile(file.path).list().map(({ name }) => name);
      KeyFile.change(file.path, (keys) => keys.add(entry));
      assert.deepEqual(
        new KeyFile(file.path).list().map(({ name }) => name),
        [...names, '123'],
      );
      assert.match(readFileSync(file.path, 'utf8'), /x: 1/);
      for (const name of [...names, '123']) KeyFile.change(file.path, (keys) => keys.remove(name));
      assert.deepEqual(new KeyFile(file.path).list(), []);
      assert.match(readFileSync(file.path, 'utf8'), /keys: \[ ?\]/);
    }
  });
});
