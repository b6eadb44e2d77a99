import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { readDocuments } from '../../scripts/docs/documents.ts';
import { fillErrorCodes } from '../../scripts/docs/fill-error-codes.ts';
import { fillFences } from '../../scripts/docs/fill-fences.ts';
import { errorTable } from '../../src/errors/error-table.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { readFences } from './fences.ts';
import { testExamples } from './run-examples.ts';

const readDocument = (path: string): Promise<string> =>
  readFile(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const start = await readDocument('guide/getting-started.md');

testExamples('the getting-started guide', start);
for (const name of ['idempotency', 'resuming', 'websocket']) {
  testExamples(`the guide to ${name}`, await readDocument(`guide/${name}.md`));
}

describe('the getting-started guide', () => {
  test('has no example that the tests do not run', () => {
    const code = readFences(start).filter(({ language }) => ['sh', 'js', 'python'].includes(language));
    const untried = code.filter(
      ({ text }) => !text.includes('http://127.0.0.1:8642/v1') && !text.includes('npm start'),
    );
    assert.deepEqual(untried, []);
    assert.ok(code.length >= 10);
  });

  test('starts servers with valid settings', async () => {
    const commands = [...start.matchAll(/^(?:(.*) )?npm start$/gm)].map(([, settings = '']) => settings);
    assert.equal(commands.length, 3);
    for (const command of commands) {
      const settings = Object.fromEntries(command.split(' ').flatMap((pair) => (pair ? [pair.split('=', 2)] : [])));
      // A sandbox may not listen on every address; test/config covers that setting.
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
  test('name existing error codes with their statuses', async () => {
    let named = 0;
    for (const { file, markdown } of (await readDocuments()).guides) {
      for (const [, status, code = ''] of markdown.matchAll(/`?(\d{3})`?(?:,| \|) `(\w+_\w+)`/g)) {
        const found = Object.entries(errorTable).find(([name]) => name === code);
        assert.equal(found?.[1].status, Number(status), `${file}: ${code}`);
        named += 1;
      }
    }
    assert.ok(named > 5);
  });

  test('explain every error code with its status', async () => {
    const rows = [...(await readDocument('guide/errors.md')).matchAll(/^\| `(\w+)` \| (\d+) \| \S/gm)];
    const explained = rows.map(([, code, status]) => [code, Number(status)]);
    // 499 appears in logs only: the client has disconnected.
    const known = Object.entries(errorTable).filter(([, { status }]) => status !== 499);
    assert.deepEqual(explained.sort(), known.map(([code, { status }]) => [code, status]).sort());
  });

  test('show requests that the server accepts', async () => {
    await using server = await startTalaria();
    const texts = readFences(await readDocument('guide/structured-outputs.md')).filter(
      ({ language }) => language === 'json',
    );
    const body = texts[0]?.text ?? assert.fail('there is no request');
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${server.url}/v1/responses`, { method: 'POST', headers, body });
    assert.equal(reply.status, 200);
  });
});

describe('fillErrorCodes', () => {
  const schema = { 'x-enumDescriptions': { not_found: 'No endpoint\nhas this path.\n' } };
  const fill = (start: string) =>
    fillErrorCodes(`before\n<!-- ${start} -->\nold\n<!-- /error-codes -->\nafter\n`, schema);

  test('writes one row per code that a client can receive, idempotently', () => {
    const filled = fill('error-codes');
    assert.match(filled, /^before\n<!-- error-codes -->\n\n\| code \| status \| meaning \|\n/);
    assert.match(filled, /\n\| `not_found` \| 404 \| No endpoint has this path\. \|\n/);
    assert.match(filled, / \|\n\n<!-- \/error-codes -->\nafter\n$/);
    assert.doesNotMatch(filled, /old|request_cancelled/);
    assert.equal(fillErrorCodes(filled, schema), filled);
  });

  test('writes one row per status if the marker asks for it', () => {
    assert.match(fill('error-codes: by status'), /\n\| 413 \| `request_too_large` \|\n\| 415 \| `unsupported_/);
  });

  test('leaves other text unchanged', () =>
    assert.equal(fillErrorCodes('| `a` | 400 | b |\n', schema), '| `a` | 400 | b |\n'));
});

describe('fillFences', () => {
  const request = { method: 'GET', path: '/' };

  test('writes the recording into the block that names it, idempotently', () => {
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

  test('rejects a name that is not recorded', () => {
    assert.throws(() => fillFences('```sse recorded=Two\n```', {}), /Two, which is not recorded/);
  });
});
