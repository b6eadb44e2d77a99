import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export interface Visit extends AsyncDisposable {
  page: Page;
  /**
   * Fails if the page threw, a request failed, or the page contacted another server. Ignores what matches `expected`.
   */
  assertQuiet(expected?: RegExp): void;
}

export interface Visitor {
  browser: Browser;
  url: string;
}

// Colours can't be measured during transitions.
const still = { reducedMotion: 'reduce' } as const;
export const wide: BrowserContextOptions = { ...still, viewport: { width: 1280, height: 900 } };
export const narrow: BrowserContextOptions = {
  ...still,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** Opens a page and records its errors. `prepare` runs before the page is loaded. */
export async function visit(
  { browser, url }: Visitor,
  path: string,
  options = wide,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Visit> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(60_000);
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`the page threw: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && trouble.push(`console error: ${message.text()}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Aborted requests didn't fail.
    if (why !== 'net::ERR_ABORTED') trouble.push(`${request.url()} failed: ${why}`);
  });
  page.on('response', (reply) => reply.status() >= 400 && trouble.push(`${reply.url()} answered ${reply.status()}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== 'data:') trouble.push(`${request.url()} belongs to another server`);
  });
  await prepare(page);
  await page.goto(url + path);
  return {
    page,
    assertQuiet: (expected) =>
      assert.deepEqual(
        trouble.filter((each) => !expected?.test(each)),
        [],
      ),
    [Symbol.asyncDispose]: () => page.context().close(),
  };
}

/** Opens the page that tries the API, and waits for its operations. */
export async function visitApi(visitor: Visitor, options = wide, hash = ''): Promise<Visit> {
  const visited = await visit(visitor, `/docs/try${hash}`, options);
  await visited.page.locator('.opblock').first().waitFor();
  return visited;
}

export async function authorize(page: Page, token: string): Promise<void> {
  await page.locator('.auth-wrapper button.authorize').click();
  const dialog = page.locator('.dialog-ux');
  // The first scheme is the key of clients, the second that of operators.
  await dialog.locator('input').first().fill(token);
  await dialog.getByRole('button', { name: 'Apply credentials' }).first().click();
  await picture(page, 'authorized');
  await dialog.locator('.modal-btn.btn-done').first().click();
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

/** Saves a screenshot in the directory TALARIA_SCREENSHOTS, if set. */
export async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env['TALARIA_SCREENSHOTS'];
  if (!directory) return;
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`) });
}

/** Returns the browser, or skips the test with the reason why there is none. */
export function orSkip<T>(context: TestContext, found: T | string): T | undefined {
  if (typeof found !== 'string') return found;
  context.skip(found);
  return undefined;
}
