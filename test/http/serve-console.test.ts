import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { fetchRaw } from './fetch-raw.ts';
import { send } from './send.ts';

/** The whole console must load quickly on slow connections. */
const maxCompressedBytes = 150_000;

const built = new URL('../../generated/console/', import.meta.url);
const paths = ['/console', '/console/app.js', '/console/console.css', '/console/theme.js'];

describe('the console', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: 'key-of-the-console-test' });
  });
  after(() => server[Symbol.asyncDispose]());

  test('is served without a key, with a strict policy and no inline code', async () => {
    const { status, headers, text } = await send(`${server.url}/console`);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      assert.ok(policy.split('; ').includes(rule), rule);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.doesNotMatch(text, /<style|<script>|style=|\son\w+=/);
  });

  test('consists of the files that the page names', async () => {
    const { text } = await send(`${server.url}/console`);
    const named = [...text.matchAll(/(?:src|href)="\.(\/console\/[^"]+)"/g)].map(([, path]) => path);
    const served = readdirSync(built).map((file) => (file === 'index.html' ? '/console' : `/console/${file}`));
    assert.deepEqual(['/console', ...named].sort(), served.sort());
    assert.deepEqual(served, [...paths].sort());
  });

  test('is small: less than 150 KB compressed in all', async () => {
    let bytes = 0;
    for (const path of paths) {
      const { headers, body } = await fetchRaw(server.url + path, 'gzip');
      // Files of less than a kilobyte gain nothing.
      if (path !== '/console/theme.js') assert.equal(headers['content-encoding'], 'gzip', path);
      bytes += body.length;
    }
    assert.ok(bytes > 5000 && bytes < maxCompressedBytes, `${bytes} bytes`);
  });

  for (const encoding of ['gzip', 'identity']) {
    test(`is cached by ETag with the encoding ${encoding}`, async () => {
      const headers = { 'accept-encoding': encoding };
      const first = await fetch(`${server.url}/console/app.js`, { headers });
      const etag = String(first.headers.get('etag'));
      assert.equal(await first.text(), readFileSync(new URL('app.js', built), 'utf8'));
      assert.match(String(first.headers.get('vary')), /accept-encoding/i);
      const again = await send(`${server.url}/console/app.js`, { headers: { ...headers, 'if-none-match': etag } });
      assert.equal(again.status, 304);
      assert.equal(again.text, '');
    });
  }

  test('has a weak ETag, since the encodings differ in their bytes', async () => {
    for (const encoding of ['gzip', 'br', 'identity']) {
      const { headers } = await fetchRaw(`${server.url}/console`, encoding);
      assert.match(String(headers.etag), /^W\//, encoding);
    }
  });

  test('answers HEAD with the headers alone', async () => {
    const reply = await send(`${server.url}/console`, { method: 'HEAD' });
    assert.equal(reply.status, 200);
    assert.equal(reply.text, '');
  });

  test('has one path: a slash too many is redirected, and anything below is unknown', async () => {
    const slash = await send(`${server.url}/console/`);
    assert.equal(slash.status, 302);
    assert.equal(slash.headers.location, '/console');
    for (const path of ['/console/index.html', '/console/../package.json', '/console/none.js', '/Console'])
      assert.equal((await send(server.url + path)).status, 404, path);
  });
});
