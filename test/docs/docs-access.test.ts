import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { readDocuments } from '../../scripts/docs/documents.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type LaunchedChromium, launchChromium } from './launch-chromium.ts';
import { assertReadable, measurePage } from './measure-page.ts';
import { authorize, execute, narrow, openOperation, orSkip, picture, visit, visitApi, wide } from './visit.ts';

const key = 'key-of-the-docs-test';

describe('the docs page is accessible: it', () => {
  let chromium: LaunchedChromium | string;
  let server: TestServer;
  before(async () => {
    chromium = await launchChromium();
    server = await startTalaria({ API_SERVER_KEY: key });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    if (typeof chromium !== 'string') await chromium[Symbol.asyncDispose]();
  });
  const visitor = (launched: LaunchedChromium) => ({ browser: launched.browser, url: server.url });

  test('can be used by keyboard alone: key, request and reply', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const { page } = visited;
    await page.keyboard.press('Tab');
    assert.equal(await focused(page).textContent(), 'Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, page.locator('button.authorize'));
    assert.ok(await measurePage<boolean>(page, 'hasVisibleFocus()'));
    await page.keyboard.press('Enter');
    const input = page.getByRole('dialog').locator('input').first();
    await input.waitFor();
    assert.ok(await isFocused(input), 'the dialog takes the focus');
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await page.locator('.dialog-ux .btn-done:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('button.authorize:focus').waitFor();
    const operation = page.locator('.opblock[id$="-createResponse"]');
    await tabTo(page, operation.locator('.opblock-summary-control'));
    assert.ok(await measurePage<boolean>(page, 'hasVisibleFocus()'));
    await page.keyboard.press('Enter');
    const body = operation.locator('textarea.body-param__text');
    await body.waitFor();
    await tabTo(page, body);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{ "input": "/say By hand.", "stream": true }');
    await tabTo(page, operation.locator('button.execute'));
    assert.ok(await measurePage<boolean>(page, 'hasVisibleFocus()'));
    await picture(page, 'keyboard');
    await page.keyboard.press('Enter');
    await operation.locator('.watch .output-text', { hasText: 'By hand.' }).waitFor();
    visited.assertQuiet();
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`can be read in ${scheme}: contrast AA, and no wider than a phone`, async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched), { ...narrow, colorScheme: scheme });
      const { page } = visited;
      await assertReadable(page);
      await picture(page, `narrow-${scheme}`);
      const operation = await openOperation(page, 'createResponse');
      await authorize(page, key);
      await operation.locator('textarea.body-param__text').fill('{ "input": "/say Hello there.", "stream": true }');
      await execute(operation);
      await assertReadable(page);
      await picture(page, `narrow-operation-${scheme}`);
      await operation.getByRole('tab', { name: 'Schema' }).first().click();
      await operation.locator('.json-schema-2020-12').first().waitFor();
      await assertReadable(page);
      await operation.locator('.watch').scrollIntoViewIfNeeded();
      await picture(page, `narrow-watched-${scheme}`);
      await page.setViewportSize({ width: 1280, height: 900 });
      await picture(page, `wide-operation-${scheme}`);
      visited.assertQuiet();
    });
  }

  test('keeps the chosen colours, whatever the setting of the system', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/guide/streaming', { ...wide, colorScheme: 'light' });
    const { page } = visited;
    const background = () => measurePage<string>(page, 'getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto(`${server.url}/docs/`);
    assert.equal(await background(), dark);
    await page.getByRole('button', { name: 'Switch to light colours' }).click();
    assert.equal(await background(), light);
  });

  test('prints on white from dark mode, with nothing cut off', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/guide/streaming', { ...wide, colorScheme: 'dark' });
    const { page } = visited;
    await page.evaluate(
      "addEventListener('beforeprint', () => { document.title = document.documentElement.className })",
    );
    const pdf = await page.pdf();
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    assert.equal(await page.title(), '', 'no class for the dark');
    assert.equal(await page.locator('html.dark-mode').count(), 1, 'it is dark again');
    await page.emulateMedia({ media: 'print' });
    const code = page.locator('pre.code:visible').first();
    assert.equal(await code.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight), 0);
    visited.assertQuiet();
  });

  test('has landmarks, a language and a title', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    for (const path of ['/docs/', '/docs/guide/getting-started', '/docs/api/createResponse', '/docs/try']) {
      await using visited = await visit(visitor(launched), path);
      const { page } = visited;
      await page.getByRole('main').waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      assert.match(await page.title(), /Talaria/);
      assert.equal(await page.getByRole('main').count(), 1);
      assert.equal(await page.getByRole('banner').count(), 1);
      assert.equal(await page.getByRole('navigation', { name: 'Pages' }).count(), 1);
      visited.assertQuiet();
    }
  });

  test('labels every control of an operation, and lets a keyboard reach scrollable blocks', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const { page } = visited;
    for (const operationId of ['getResponse', 'countInputTokens']) {
      const operation = await openOperation(page, operationId);
      await operation.locator('pre.microlight[tabindex="0"]').first().waitFor();
      const controls = operation.locator('select, textarea, input');
      assert.ok((await controls.count()) > 3);
      for (const control of await controls.all()) assert.match((await control.getAttribute('aria-label')) ?? '', /\w/);
      assert.equal(await operation.locator('pre.microlight:not([tabindex])').count(), 0);
    }
    await page.getByRole('textbox', { name: 'starting_after' }).waitFor();
    await page.getByRole('textbox', { name: 'Request body' }).waitFor();
    visited.assertQuiet();
  });

  test('has a sidebar that a phone opens as a menu, also without JavaScript', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    for (const javaScriptEnabled of [true, false]) {
      const options = { ...narrow, javaScriptEnabled };
      await using visited = await visit(visitor(launched), '/docs/guide/streaming', options);
      const { page } = visited;
      const side = page.getByRole('navigation', { name: 'Pages' });
      assert.equal(await side.count(), 0);
      await page.getByRole('button', { name: 'Menu' }).tap();
      await side.getByRole('link', { name: 'Create a response' }).tap();
      await page.waitForURL('**/docs/api/createResponse');
      visited.assertQuiet();
    }
  });

  test('shows samples as tabs, remembers the language, and has the address of this server in them', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/api/createResponse');
    const { page } = visited;
    const shown = page.locator('.tabs pre.code:visible');
    assert.match((await shown.first().textContent()) ?? '', new RegExp(`^curl ${server.url}/v1/responses`));
    await page.getByRole('tab', { name: 'curl' }).first().focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tab', { name: 'Python' }).first().getAttribute('aria-selected'), 'true');
    assert.match((await shown.first().textContent()) ?? '', new RegExp(`base_url="${server.url}/v1"`));
    await page.goto(`${server.url}/docs/api/getResponse`);
    await page.getByRole('tab', { name: 'Python', selected: true }).first().waitFor();
    assert.match((await shown.first().textContent()) ?? '', /import OpenAI/);
    visited.assertQuiet();
  });

  test('copies code with a button', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    const options = { ...wide, permissions: ['clipboard-read', 'clipboard-write'] };
    await using visited = await visit(visitor(launched), '/docs/api/createResponse', options);
    const { page } = visited;
    await page.getByRole('button', { name: 'Copy the code' }).first().click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(copied, (await page.locator('.tabs pre.code').first().textContent())?.trimEnd());
    assert.ok(copied.startsWith(`curl ${server.url}`), copied);
    visited.assertQuiet();
  });

  test('opens the fields around the target of a link', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/api/createResponse#request.reasoning.effort');
    await visited.page.locator('[id="request.reasoning.effort"]').waitFor({ state: 'visible' });
    visited.assertQuiet();
  });

  test('shows its pages without JavaScript: every sample, field and recorded event', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    for (const options of [narrow, wide]) {
      const plain = { ...options, javaScriptEnabled: false };
      await using visited = await visit(visitor(launched), '/docs/api/createResponse', plain);
      const { page } = visited;
      assert.equal(await page.locator('.tabs').first().locator('pre.code:visible').count(), 4);
      assert.equal(await page.getByRole('search').isVisible(), false, 'what needs a script is not offered');
      const stream = page.locator('#streams ~ .example').first();
      await stream.locator('> summary').click();
      await stream.locator('.events summary').first().click();
      assert.match(
        (await stream.locator('.events pre.code:visible').textContent()) ?? '',
        /"type": "response.created"/,
      );
      visited.assertQuiet();
    }
  });

  test('has guides that can be read on a phone, in light and dark', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await using visited = await visit(visitor(launched), '/docs/guide/getting-started', { ...narrow, colorScheme });
      const { page } = visited;
      const { guides } = await readDocuments();
      for (const { path } of guides) {
        await page.goto(`${server.url}/docs/${path}`);
        await assertReadable(page);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}/docs/guide/streaming`);
      await picture(page, `guide-wide-${colorScheme}`);
      visited.assertQuiet();
    }
  });
});

const focused = (page: Page): Locator => page.locator(':focus');

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === element.ownerDocument.activeElement);

/** Presses a key at most as often as a patient person would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${target} can't be reached with Tab`);
}
