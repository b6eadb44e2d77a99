import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fillFences } from '../../scripts/docs/fill-fences.ts';
import { guides, toGuide } from '../../scripts/docs/guides.ts';
import { renderGuide, toSlug } from '../../scripts/docs/render-guide.ts';
import { errorTable } from '../../src/errors/error-table.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { readFences } from './fences.ts';
import { testExamples } from './run-examples.ts';

const readDocument = (path: string): Promise<string> =>
  readFile(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const start = await readDocument('guide/getting-started.md');

testExamples('the guide for newcomers', start);

describe('the guide for newcomers', () => {
  test('leaves no command and no program unrun', () => {
    const code = readFences(start).filter(({ language }) => ['sh', 'js', 'python'].includes(language));
    const untried = code.filter(
      ({ text }) => !text.includes('http://127.0.0.1:8642/v1') && !text.includes('npm start'),
    );
    assert.deepEqual(untried, []);
    assert.ok(code.length >= 10);
  });

  test('starts servers with settings that work', async () => {
    const commands = [...start.matchAll(/^(?:(.*) )?npm start$/gm)].map(([, settings = '']) => settings);
    assert.equal(commands.length, 3);
    for (const command of commands) {
      const settings = Object.fromEntries(command.split(' ').flatMap((pair) => (pair ? [pair.split('=', 2)] : [])));
      // What a sandbox may not do is listen on every address: that it would is checked in test/config.
      await using server = await spawnTalaria({ ...settings, API_SERVER_HOST: '127.0.0.1' });
      const key = settings.API_SERVER_KEY;
      const { status } = await fetch(`${server.url}/v1/responses/none`);
      assert.equal(status, key ? 401 : 404, command);
      if (key) assert.equal(await statusWith(server.url, key), 404);
    }
  });
});

async function statusWith(url: string, key: string): Promise<number> {
  return (await fetch(`${url}/v1/responses/none`, { headers: { authorization: `Bearer ${key}` } })).status;
}

describe('the guides', () => {
  test('name codes of errors that exist, and the status that each has', async () => {
    let named = 0;
    for (const path of guides.filter((guide) => guide.startsWith('guide/'))) {
      for (const [, status, code = ''] of (await readDocument(path)).matchAll(/`?(\d{3})`?(?:,| \|) `(\w+_\w+)`/g)) {
        const found = Object.entries(errorTable).find(([name]) => name === code);
        assert.equal(found?.[1].status, Number(status), `${path}: ${code}`);
        named += 1;
      }
    }
    assert.ok(named > 5);
  });

  test('explain every code, with its status', async () => {
    const rows = [...(await readDocument('guide/errors.md')).matchAll(/^\| `(\w+)` \| (\d+) \| \S/gm)];
    const explained = rows.map(([, code, status]) => [code, Number(status)]);
    // 499 is for logs: the client that would read it has gone.
    const known = Object.entries(errorTable).filter(([, { status }]) => status !== 499);
    assert.deepEqual(explained.sort(), known.map(([code, { status }]) => [code, status]).sort());
  });

  test('show requests that the server takes', async () => {
    await using server = await startTalaria();
    const texts = readFences(await readDocument('guide/structured-outputs.md')).filter(
      ({ language }) => language === 'json',
    );
    const body = texts[0]?.text ?? assert.fail('there is no request');
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${server.url}/v1/responses`, { method: 'POST', headers, body });
    assert.equal(reply.status, 200);
  });

  test('are all listed, in their folder and in the order of the page', async () => {
    const listed = [...(await readDocument('guide/README.md')).matchAll(/\]\(([\w-]+\.md)\)/g)].map(
      ([, file]) => `guide/${file}`,
    );
    assert.deepEqual(
      listed,
      guides.filter((guide) => guide.startsWith('guide/')),
    );
  });
});

describe('renderGuide', () => {
  const links = { pages: new Set(['other']), operations: new Map([['getResponse', '../#/Responses/getResponse']]) };
  const render = (text: string) => renderGuide(toGuide('guide/x.md', `# X\n\n${text}`), links);

  test('shows markup as text', () => {
    const html = render('<script>alert(1)</script> and <b onclick="x">bold</b> `<i>`\n\n<img src=x>');
    assert.doesNotMatch(html, /<(script|b|i|img)\b/);
    assert.match(html, /&lt;script&gt;/);
  });

  test('leads names of operations to the page of the API, and links between documents to their pages', () => {
    assert.match(render('`getResponse`'), /<a href="\.\.\/#\/Responses\/getResponse"><code>getResponse<\/code><\/a>/);
    assert.match(render('[o](other.md#a-part)'), /<a href="other#a-part">/);
    assert.match(render('[o](../other.md)'), /<a href="other">/);
  });

  test('refuses links that lead nowhere, and scripts in links', () => {
    for (const href of ['missing.md', 'other.txt', 'javascript:alert(1)']) {
      assert.throws(() => render(`[o](${href})`), /which is no page/, href);
    }
  });

  test('gives headings the anchors that GitHub gives them', () => {
    assert.equal(toSlug('When it goes wrong, midway'), 'when-it-goes-wrong-midway');
    assert.match(render('## By status'), /<h2 id="by-status">/);
  });
});

describe('fillFences', () => {
  const request = { method: 'GET', path: '/' };

  test('writes the recording into the block that names it, again and again', () => {
    const recordings = { One: { request, status: 200, value: { a: 1 } } };
    const once = fillFences('```json recorded=One\n```\n\n```json\n{}\n```\n', recordings);
    assert.equal(once, '```json recorded=One\n{\n  "a": 1\n}\n```\n\n```json\n{}\n```\n');
    assert.equal(fillFences(once, recordings), once);
  });

  test('shortens the responses within a stream, and nothing else', () => {
    const response = { id: 'resp_1', object: 'response', status: 'completed', output: [] };
    const value = `event: a\ndata: ${JSON.stringify({ type: 'a', response })}\n\ndata: {"b":1}\n\ndata: [DONE]\n\n`;
    const filled = fillFences('```sse recorded=One\n```', { One: { request, status: 200, value } });
    assert.match(filled, /data: \{"type":"a","response":\{"id":"resp_1","status":"completed","output":\[\], … \}\}\n/);
    assert.match(filled, /\ndata: \{"b":1\}\n\ndata: \[DONE\]\n```$/);
  });

  test('refuses a name that was not recorded', () => {
    assert.throws(() => fillFences('```sse recorded=Two\n```', {}), /Two, which is not recorded/);
  });
});
