import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type LaunchedChromium, launchChromium } from './launch-chromium.ts';
import { measurePage } from './measure-page.ts';
import { readSitePages } from './site-pages.ts';
import { narrow, openOperation, orSkip, picture, visit, wide } from './visit.ts';

/** The page that a reader of the API sees first, and the heaviest of the operations. */
const firstOperation = 'api/createResponse';
/** What it may weigh with its scripts and styles, compressed. */
const maxFirstBytes = 40_000;
/** How soon it must be readable on a slow connection. */
const maxReadableMs = 2000;
/** Chromium's "Slow 4G": 1.44 Mbit/s with a latency of 562.5 ms. */
const slow4g = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

/** One page of each kind. All pages of a kind come from the same code. */
const kinds = [
  '',
  firstOperation,
  'api/getResponse',
  'api/onResponseCompleted',
  'schemas/all',
  'schemas/InputItem',
  'schemas/ErrorCode',
  'guide/getting-started',
  'guide/errors',
  'configuration',
  'support',
];

const screens = {
  'wide and light': { ...wide, colorScheme: 'light' },
  'narrow and dark': { ...narrow, colorScheme: 'dark' },
} as const;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('the site has no broken link or anchor, and no two parts with one ID', (context) => {
  const pages = readSitePages();
  const broken: string[] = [];
  let count = 0;
  for (const [path, { links, twins }] of pages) {
    broken.push(...twins.map((id) => `${path} has #${id} twice`));
    for (const link of links) {
      count += 1;
      const { pathname, hash } = new URL(link, `http://server/docs/${path}`);
      const target = pathname.replace(/^\/docs\//, '');
      if (!pathname.startsWith('/docs/') || target.startsWith('swagger-ui/')) {
        if (!servedElsewhere.has(pathname)) broken.push(`${path}: ${link}`);
      } else if (!pages.has(target)) broken.push(`${path}: ${link}`);
      // Swagger UI reads the address of its page itself.
      else if (hash !== '' && target !== 'try' && !pages.get(target)?.ids.has(decodeURIComponent(hash.slice(1))))
        broken.push(`${path}: ${link}`);
    }
  }
  context.diagnostic(`${pages.size} pages and files, ${count} links, ${broken.length} broken`);
  assert.ok(count > 10_000);
  assert.deepEqual([...new Set(broken)].slice(0, 20), []);
});

/** Addresses outside the built pages. */
const servedElsewhere: ReadonlySet<string> = new Set([
  '/console',
  '/openapi.yaml',
  '/openapi.json',
  '/docs/swagger-ui/swagger-ui-bundle.js',
  '/docs/swagger-ui/swagger-ui.css',
]);

describe('in a browser, the site', () => {
  let chromium: LaunchedChromium | string;
  let server: TestServer;
  before(async () => {
    chromium = await launchChromium();
    server = await startTalaria();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    if (typeof chromium !== 'string') await chromium[Symbol.asyncDispose]();
  });

  test('shows the first operation within two seconds on slow 4G, in little data', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    const page = await launched.browser.newPage(narrow);
    const session = await page.context().newCDPSession(page);
    let bytes = 0;
    let requests = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests += 1;
    });
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow4g);
    await page.goto(`${server.url}/docs/${firstOperation}`, { waitUntil: 'load' });
    const readable = await page.evaluate<number>(largestPaint);
    await page.context().close();
    context.diagnostic(
      `${firstOperation}: ${bytes} bytes in ${requests} requests, readable after ${Math.round(readable)} ms`,
    );
    assert.ok(requests >= 4 && bytes > 10_000, 'it was loaded');
    assert.ok(bytes < maxFirstBytes, `${bytes} bytes`);
    assert.ok(readable < maxReadableMs, `${readable} ms`);
  });

  for (const [name, options] of Object.entries(screens)) {
    test(`is accessible on pages of every kind, ${name}`, async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visit(visitor(launched), '/docs/', { ...options, bypassCSP: true });
      const { page } = visited;
      for (const path of kinds) {
        await page.goto(`${server.url}/docs/${path}`);
        await assertAccessible(page);
        assert.ok((await measurePage<number>(page, 'widthBeyond()')) <= 0, `${path} is wider than its window`);
      }
      await page.goto(`${server.url}/docs/try`);
      await page.locator('.opblock').first().waitFor();
      await openOperation(page, 'createResponse');
      await assertAccessible(page);
      visited.assertQuiet();
      context.diagnostic(`${name}: no violation on ${kinds.length + 1} pages`);
    });
  }

  test('is shown in pictures', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched || !process.env['TALARIA_SCREENSHOTS']) return context.skip('TALARIA_SCREENSHOTS is not set');
    for (const [size, options] of Object.entries({ 1280: wide, 390: narrow })) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await using visited = await visit(visitor(launched), `/docs/${firstOperation}`, { ...options, colorScheme });
        await visited.page.locator('.tabs.ready').first().waitFor();
        await picture(visited.page, `docs-operation-${size}-${colorScheme}`);
        await visited.page.goto(`${server.url}/docs/guide/streaming`);
        await picture(visited.page, `docs-guide-${size}-${colorScheme}`);
      }
    }
  });

  const visitor = (launched: LaunchedChromium) => ({ browser: launched.browser, url: server.url });
});

/** Finds out when the largest text was drawn. */
const largestPaint = `new Promise((resolve) => {
  const type = 'largest-contentful-paint';
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type, buffered: true });
})`;

/** Asserts that axe finds no violation of its rules. */
async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate<unknown[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`,
  );
  assert.deepEqual(violations, [], page.url());
}
