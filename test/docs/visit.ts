import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export interface Visit extends AsyncDisposable {
  page: Page;
  /** Fails when the page broke, a request failed, or anything but this server was asked. */
  assertQuiet(): void;
}

export interface Visitor {
  browser: Browser;
  url: string;
}

// Colours that fade into each other can't be measured.
const still = { reducedMotion: 'reduce' } as const;
export const wide: BrowserContextOptions = { ...still, viewport: { width: 1280, height: 900 } };
export const narrow: BrowserContextOptions = {
  ...still,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** Opens a page, and listens for everything that goes wrong on it. */
export async function visit({ browser, url }: Visitor, path: string, options = wide): Promise<Visit> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(60_000);
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`the page broke: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && trouble.push(`it complained: ${message.text()}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // What the page itself, or its reader, has stopped did not fail.
    if (why !== 'net::ERR_ABORTED') trouble.push(`${request.url()} failed: ${why}`);
  });
  page.on('response', (reply) => reply.status() >= 400 && trouble.push(`${reply.url()} answered ${reply.status()}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== 'data:') trouble.push(`${request.url()} is somebody else's`);
  });
  await page.goto(url + path);
  return {
    page,
    assertQuiet: () => assert.deepEqual(trouble, []),
    [Symbol.asyncDispose]: () => page.context().close(),
  };
}

/** The page of the API, once its operations are drawn. */
export async function visitApi(visitor: Visitor, options = wide, hash = ''): Promise<Visit> {
  const visited = await visit(visitor, `/docs/${hash}`, options);
  await visited.page.locator('.opblock').first().waitFor();
  return visited;
}

export async function authorize(page: Page, token: string): Promise<void> {
  await page.locator('.auth-wrapper button.authorize').click();
  const dialog = page.locator('.dialog-ux');
  await dialog.locator('input').fill(token);
  await dialog.getByRole('button', { name: 'Apply credentials' }).click();
  await picture(page, 'authorized');
  await dialog.locator('.modal-btn.btn-done').click();
}

export async function openOperation(page: Page, operationId: string): Promise<Locator> {
  const operation = page.locator(`.opblock[id$="-${operationId}"]`);
  await operation.locator('.opblock-summary-control').click();
  await operation.locator('button.execute').waitFor();
  return operation;
}

export async function execute(operation: Locator): Promise<{ status: number; body: string }> {
  await operation.locator('button.execute').click();
  const live = operation.locator('.live-responses-table');
  await live.waitFor();
  await live.scrollIntoViewIfNeeded();
  const status = Number.parseInt((await live.locator('tbody .response-col_status').first().textContent()) ?? '', 10);
  return { status, body: (await live.locator('.highlight-code').first().textContent()) ?? '' };
}

/** For a person to look at, where TALARIA_SCREENSHOTS names a directory. */
export async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env['TALARIA_SCREENSHOTS'];
  if (!directory) return;
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`) });
}

/** The browser, or a skipped test with the reason why there is none. */
export function orSkip<T>(context: TestContext, found: T | string): T | undefined {
  if (typeof found !== 'string') return found;
  context.skip(found);
  return undefined;
}
