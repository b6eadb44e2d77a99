import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { entries } from '../../scripts/leaderboard/entries/all.ts';
import { fillPlaces, pinnedVersion } from '../../scripts/leaderboard/entry.ts';
import { toClauseLink } from '../../scripts/leaderboard/page/clause-links.ts';
import { toAnchor, toCode } from '../../scripts/leaderboard/page/markdown.ts';
import { toPage } from '../../scripts/leaderboard/page/to-page.ts';
import { toSettings } from '../../scripts/leaderboard/page/to-settings.ts';
import { readResults } from '../../scripts/leaderboard/results.ts';
import { areas, audits } from '../../src/verify/catalogue.ts';

const read = (path: string): string => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const page = read('leaderboard.md');
const results = await readResults();

describe('docs/leaderboard.md', () => {
  test('is the page of the stored results', () => {
    assert.equal(page, toPage(results), 'run `npm run leaderboard -- --render`');
  });

  test('has every entry, with figures or a reason', () => {
    assert.deepEqual(
      results.map(({ name }) => name),
      entries.map(({ name }) => name),
    );
    for (const { name, counts, skipped } of results) {
      assert.ok(counts.length > 0 || (skipped ?? '').length > 10, name);
    }
  });

  test('shows the pinned version of each', () => {
    for (const entry of entries.filter(({ registry }) => registry !== 'none')) {
      const { version } = results.find(({ name }) => name === entry.name) ?? {};
      assert.equal(version, pinnedVersion(entry), `${entry.name}: run it again`);
      assert.match(pinnedVersion(entry), /^\d+\.\d+/);
    }
  });

  test('links only to anchors that exist', () => {
    const headings = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading));
    const verify = read('verify.md');
    const anchors = {
      '': new Set(headings(page)),
      'verify.md': new Set([...headings(verify), ...[...verify.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id)]),
    };
    const links = [...page.matchAll(/\]\((verify\.md|)#([^)]+)\)/g)];
    assert.ok(links.length > results.length);
    for (const [link, file, anchor = ''] of links) {
      assert.ok(anchors[file === '' ? '' : 'verify.md'].has(anchor), link);
    }
  });

  test('names a clause for every failed MUST', () => {
    for (const { name, findings } of results) {
      for (const { id, outcome } of findings) {
        if (outcome !== 'fail') continue;
        assert.ok(
          audits.some((audit) => audit.id === id),
          `${name}: ${id} is no audit; run it again`,
        );
      }
    }
  });

  test('says that it is our own tool', () => assert.match(page, /It's our\ntool/));
});

describe('the settings of an entry', () => {
  test('have no placeholder but those that are filled in', () => {
    const places = { port: '1', upstream: 'http://u', work: '/w', installed: '/i', scripts: '/s/' };
    const filled = fillPlaces('{port} {upstream} {work} {installed} {scripts} {other}', places);
    assert.equal(filled, '1 http://u /w /i /s/ {other}');
  });

  test('are printed in full: packages, files, environment, command and check', () => {
    for (const entry of entries) {
      const text = toSettings(entry);
      for (const name of [...entry.packages, ...(entry.bare ?? [])]) {
        assert.ok(entry.registry === 'none' || text.includes(name), `${entry.name}: ${name}`);
      }
      for (const [name, content] of Object.entries(entry.files ?? {})) {
        assert.ok(text.includes(`\`${name}\``) && text.includes(content.trimEnd()), `${entry.name}: ${name}`);
      }
      for (const name of Object.keys(entry.env ?? {})) assert.ok(text.includes(`${name}=`), `${entry.name}: ${name}`);
      assert.match(text, /talaria verify .* --model /);
    }
  });
});

describe('toClauseLink', () => {
  test('leads to the public text of a clause', () => {
    assert.equal(toClauseLink('RFC 9110, 15.5.6'), 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6');
    assert.equal(toClauseLink('Open Responses N29'), 'https://www.openresponses.org/specification');
    assert.equal(toClauseLink('LangChain sends it with every call'), undefined);
  });

  test("finds one for each audit of OpenAI's reference, of Open Responses and of RFCs", () => {
    for (const { id, clause } of audits) {
      if (/^(OpenAI|Open Responses|RFC|draft-|Fetch)/.test(clause)) assert.ok(toClauseLink(clause), id);
    }
    assert.ok(areas.length > 10);
  });
});

describe('toCode', () => {
  test("shows a server's text as it is", () => {
    assert.equal(toCode('a | b\nc'), '`a \\| b c`');
    assert.equal(toCode('the model `x`'), '`` the model `x` ``');
    assert.equal(toCode(''), '');
  });
});
