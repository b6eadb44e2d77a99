import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium } from '../docs/launch-chromium.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';

const key = 'sk-browser';
const packageRoot = new URL('.', import.meta.resolve('openai'));

/** The page's report of one SDK call. */
interface Report {
  text: string;
  error: { name: string; status: number | undefined; requestId: string | null | undefined } | undefined;
}

describe('the openai package in a page of another origin', () => {
  const stack = new AsyncDisposableStack();
  let server: TestServer;
  let page: Page | string;
  let origin: string;
  before(async () => {
    origin = await servePackage(stack);
    server = stack.use(await startTalaria({ API_SERVER_KEY: key, API_SERVER_CORS_ORIGINS: origin }));
    const launched = await launchChromium();
    if (typeof launched === 'string') {
      page = launched;
      return;
    }
    stack.use(launched);
    page = await launched.browser.newPage();
    await page.goto(origin);
  });
  after(() => stack.disposeAsync());

  /** Runs the SDK in the page. */
  const call = async (context: TestContext, input: { apiKey: string; stream: boolean; text: string }) => {
    if (typeof page === 'string') {
      context.skip(page);
      return undefined;
    }
    return page.evaluate(runInPage, { ...input, baseURL: `${server.url}/v1`, module: `${origin}/openai/index.mjs` });
  };

  for (const stream of [false, true]) {
    it(`reads ${stream ? 'a streamed' : 'a plain'} answer, its x-stainless headers being allowed`, async (context) => {
      const report = await call(context, { apiKey: key, stream, text: '/say Hello there.' });
      if (report) assert.deepEqual(report, { text: 'Hello there.', error: undefined });
    });

    it(`reads the status and the request of an error of ${stream ? 'a streamed' : 'a plain'} call`, async (context) => {
      const report = await call(context, { apiKey: 'sk-wrong', stream, text: 'Hello' });
      if (!report) return;
      // Without CORS headers on errors it would be a "Connection error" without a status.
      assert.equal(report.error?.status, 401);
      assert.match(report.error?.requestId ?? '', /^req_/);
    });
  }
});

/** Runs in the page, so it can use nothing from this file. */
async function runInPage(input: {
  apiKey: string;
  stream: boolean;
  text: string;
  baseURL: string;
  module: string;
}): Promise<Report> {
  const { default: OpenAI } = await import(input.module);
  const { apiKey, baseURL } = input;
  const client = new OpenAI({ apiKey, baseURL, dangerouslyAllowBrowser: true, maxRetries: 0 });
  const request = { model: 'any', input: input.text };
  try {
    if (!input.stream) return { text: (await client.responses.create(request)).output_text, error: undefined };
    let text = '';
    for await (const event of await client.responses.create({ ...request, stream: true })) text += event.delta ?? '';
    return { text, error: undefined };
  } catch (error) {
    const { name, status, requestID } = error as { name: string; status?: number; requestID?: string }; // the SDK's own
    return { text: '', error: { name, status, requestId: requestID } };
  }
}

/** Serves a page and the installed package on another origin. Returns the origin. */
async function servePackage(stack: AsyncDisposableStack): Promise<string> {
  const pages = createServer(async (request, response) => {
    const path = /^\/openai\/([\w./-]+\.m?js)$/.exec(request.url ?? '')?.[1];
    if (path === undefined) return void response.setHeader('content-type', 'text/html').end('<!doctype html>');
    const file = await readFile(fileURLToPath(new URL(path, packageRoot))).catch(() => undefined);
    if (!file) return void response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript').end(file);
  });
  stack.defer(() => {
    pages.closeAllConnections();
    pages.close();
  });
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  const address = pages.address();
  assert.ok(address && typeof address === 'object');
  return `http://127.0.0.1:${address.port}`;
}
