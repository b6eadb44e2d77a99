import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { fillDiscriminators } from '../../scripts/fill-discriminators.ts';
import { fillRecordings } from '../../scripts/fill-recordings.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { fetchRaw } from './fetch-raw.ts';
import { send } from './send.ts';

const readRoot = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('the documents', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  const documents = [
    { path: '/openapi.yaml', file: 'generated/openapi.yaml', type: 'application/yaml; charset=utf-8' },
    { path: '/openapi.json', file: 'generated/openapi.json', type: 'application/json; charset=utf-8' },
  ];

  for (const { path, file, type } of documents) {
    test(`${path} is the file, byte for byte`, async () => {
      const reply = await send(server.url + path);
      assert.equal(reply.status, 200);
      assert.equal(reply.headers['content-type'], type);
      assert.equal(reply.text, readRoot(file));
    });

    test(`${path} is a 304 for a client that has it`, async () => {
      const { headers } = await send(server.url + path);
      const etag = String(headers.etag);
      assert.match(etag, /^W\/"[\w-]+"$/);
      assert.equal(headers['cache-control'], 'public, max-age=0, must-revalidate');
      for (const known of [etag, etag.replace('W/', ''), `"old", ${etag}`, '*']) {
        const again = await send(server.url + path, { headers: { 'if-none-match': known } });
        assert.equal(again.status, 304, known);
        assert.equal(again.text, '');
        assert.equal(again.headers.etag, etag);
      }
      const other = await send(server.url + path, { headers: { 'if-none-match': '"old"' } });
      assert.equal(other.status, 200);
    });

    test(`HEAD ${path} returns the headers alone`, async () => {
      const head = await send(server.url + path, { method: 'HEAD' });
      const get = await send(server.url + path);
      assert.equal(head.status, 200);
      assert.equal(head.text, '');
      assert.equal(head.headers.etag, get.headers.etag);
      assert.equal(head.headers['content-length'], get.headers['content-length']);
    });
  }

  test('the two are the same document, apart from what is filled into the JSON', async () => {
    const yaml = await send(`${server.url}/openapi.yaml`);
    const json = await send(`${server.url}/openapi.json`);
    const recordings = JSON.parse(readRoot('generated/examples.json'));
    assert.deepEqual(fillDiscriminators(fillRecordings(parse(yaml.text), recordings)), json.json);
    assert.ok(json.text.includes('"discriminator"'));
    assert.notEqual(yaml.headers.etag, json.headers.etag);
  });

  test('/docs redirects to the page, and everything the page loads exists', async () => {
    const first = await send(`${server.url}/docs`);
    const start = first.headers.location === undefined ? '/docs' : first.headers.location;
    const page = await send(new URL(start, server.url).href);
    assert.equal(page.status, 200);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    assert.ok(assets.length >= 4, page.text);
    for (const asset of assets) {
      const url = new URL(asset, new URL('/docs/', server.url));
      assert.equal(url.origin, server.url, 'the page loads nothing from elsewhere');
      if (asset.startsWith('#')) continue;
      const reply = await send(url.href);
      assert.equal(reply.status, 200, asset);
      assert.ok(reply.text.length > 0, asset);
    }
  });

  test('the page that tries the API loads Swagger UI, which browsers may keep', async () => {
    const page = await send(`${server.url}/docs/try`);
    const [, script = ''] = /src="(swagger-ui\/swagger-ui-bundle\.js\?v=[\d.]+)"/.exec(page.text) ?? [];
    const { status, headers } = await send(`${server.url}/docs/${script}`);
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/javascript/);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    for (const other of ['index.html', 'package.json', 'swagger-ui-init.js', 'swagger-ui.js', 'LICENSE', ''])
      assert.equal((await send(`${server.url}/docs/swagger-ui/${other}`)).status, 404, other);
  });

  test('pages, their assets and the contract are compressed for clients that accept it', async () => {
    const paths = ['/docs/api/createResponse', `/docs/${asset}`, '/openapi.json', '/openapi.yaml', '/console/app.js'];
    for (const path of paths) {
      const plain = await send(server.url + path);
      assert.equal(plain.headers['content-encoding'], undefined, path);
      for (const [encoding, decode] of Object.entries({ br: brotliDecompressSync, gzip: gunzipSync })) {
        const reply = await fetchRaw(server.url + path, encoding);
        assert.equal(reply.headers['content-encoding'], encoding, path);
        assert.match(String(reply.headers['vary']), /accept-encoding/i);
        assert.equal(decode(reply.body).toString(), plain.text, path);
        assert.ok(reply.body.length < plain.text.length / 2, path);
      }
    }
    const api = await fetchRaw(`${server.url}/v1/models`, 'br, gzip');
    assert.equal(api.headers['content-encoding'], undefined, 'the API itself is not compressed');
  });

  test('browsers may keep assets, whose names have a hash, and ask for pages again', async () => {
    const kept = await send(`${server.url}/docs/${asset}`);
    assert.equal(kept.headers['cache-control'], 'public, max-age=31536000, immutable');
    for (const path of ['', 'api/createResponse', 'guide/state']) {
      const { headers } = await send(`${server.url}/docs/${path}`);
      assert.equal(headers['cache-control'], 'public, max-age=60');
      assert.match(String(headers.etag), /^W\/"[\w-]{16}"$/, 'a time or a size would not tell two versions apart');
      const again = await send(`${server.url}/docs/${path}`, { headers: { 'if-none-match': String(headers.etag) } });
      assert.deepEqual([again.status, again.text], [304, '']);
    }
  });

  test('the pages and all they load may run only our scripts and call only this server', async () => {
    for (const path of ['/docs/', '/docs/guide/streaming', `/docs/${asset}`, '/docs/swagger-ui/swagger-ui-bundle.js']) {
      const { headers } = await send(server.url + path);
      const policy = String(headers['content-security-policy']);
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ]) {
        assert.ok(policy.split('; ').includes(rule), `${path}: ${rule}`);
      }
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
    const other = await send(`${server.url}/health`);
    assert.equal(other.headers['content-security-policy'], undefined);
  });

  test('redirect browsers from the root path; other clients get a 404', async () => {
    const browser = await send(server.url, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    assert.deepEqual([browser.status, browser.headers['location']], [302, '/docs/']);
    for (const accept of ['*/*', 'application/json']) {
      assert.equal((await send(server.url, { headers: { accept } })).status, 404, accept);
    }
  });

  test('each page has one address, to which a slash more or less and former addresses redirect', async () => {
    const leads = {
      '/docs': '/docs/',
      '/docs/schemas': '/docs/schemas/all',
      '/docs/schemas/': '/docs/schemas/all',
      '/docs/guide/configuration': '/docs/configuration',
      '/docs/guide': '/docs/guide/getting-started',
      '/docs/guide/': '/docs/guide/getting-started',
      '/docs/guide/state/': '/docs/guide/state',
    };
    for (const [path, address] of Object.entries(leads)) {
      const lead = await send(server.url + path);
      assert.deepEqual([lead.status, lead.headers['location']], [302, address], path);
      assert.equal((await send(server.url + address)).status, 200, address);
    }
  });

  test('an unknown page or a folder is an error in the envelope', async () => {
    const paths = ['nothing', 'nothing/', 'assets', 'assets/', 'guide/nothing', 'guide/nothing/', 'guide/state/more'];
    for (const path of [
      ...paths,
      'guide/..%2f..%2fopenapi.json',
      '%2e%2e/',
      '%zz',
      '%00',
      'swagger-ui',
      'schemas/nothing',
    ]) {
      const { status, json, headers } = await send(`${server.url}/docs/${path}`);
      assert.deepEqual([status, headers['location']], [404, undefined], path);
      assert.equal(JSON.parse(JSON.stringify(json)).error.code, 'not_found', path);
    }
  });
});

/** The script of all pages, by its path below /docs/. */
const [asset = ''] = globSync('assets/page.*.js', { cwd: new URL('../../generated/docs/', import.meta.url) });
