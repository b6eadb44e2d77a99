import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { loadContract } from '../../src/contract/load-contract.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type LaunchedChromium, launchChromium } from './launch-chromium.ts';
import { measurePage } from './measure-page.ts';
import { authorize, execute, narrow, openOperation, orSkip, picture, visit, visitApi, wide } from './visit.ts';

const key = 'key-of-the-docs-test';

describe('the docs page', () => {
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

  test('lists every operation of the contract', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const shown = await visited.page.locator('.opblock').evaluateAll((blocks) => blocks.map((block) => block.id));
    const operations = loadContract().operations.map(({ operationId }) => operationId);
    assert.deepEqual(shown.map((id) => id.split('-').at(-1)).sort(), operations.sort());
    await picture(visited.page, 'operations');
    visited.assertQuiet();
  });

  test('shows the schemas when they are asked for, without freezing', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const [first = ''] = Object.keys(loadContract().document.components.schemas);
    const schemas = visited.page.locator('section.models');
    assert.equal(await schemas.getByText(first, { exact: true }).count(), 0, 'they are closed at first');
    await schemas.locator('.models-control').click();
    await schemas.getByText(first, { exact: true }).click();
    await schemas.locator('.json-schema-2020-12-property').first().waitFor();
    await picture(visited.page, 'schemas');
    await assertReadable(visited.page);
    await visited.page.getByRole('button', { name: 'Switch to dark colours' }).click();
    await assertReadable(visited.page);
    visited.assertQuiet();
  });

  test('asks for the key once, then runs createResponse and shows the completed response', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const { page } = visited;
    await authorize(page, key);
    const operation = await openOperation(page, 'createResponse');
    await operation.locator('textarea.body-param__text').fill('{ "input": "/say It works." }');
    await picture(page, 'create-response');
    const { status, body } = await execute(operation);
    assert.equal(status, 200);
    assert.match(body, /"status": "completed"/);
    assert.match(body, /"text": "It works\."/);
    await picture(page, 'response-created');
    visited.assertQuiet();

    await page.reload();
    const models = await execute(await openOperation(page, 'listModels'));
    assert.equal(models.status, 200, 'the key outlives a reload');
  });

  test('runs the request that the contract gives as the first example, as it stands', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    await authorize(visited.page, key);
    for (const operationId of ['createResponse', 'createChatCompletion']) {
      const { status, body } = await execute(await openOperation(visited.page, operationId));
      assert.equal(status, 200, body);
    }
    visited.assertQuiet();
  });

  test('shows the refusal of a wrong key as the envelope that clients get', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    await authorize(visited.page, 'wrong');
    const { status, body } = await execute(await openOperation(visited.page, 'listModels'));
    assert.equal(status, 401);
    assert.match(body, /"code": "invalid_api_key"/);
  });

  describe('a stream', () => {
    test('is shown event by event while it comes, and can be stopped', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched));
      await authorize(visited.page, key);
      const operation = await openOperation(visited.page, 'createResponse');
      await operation.locator('textarea.body-param__text').fill('{ "input": "/say Now.\\n/wait 60000ms" }');
      await operation.getByRole('button', { name: 'Set "stream": true' }).click();
      await operation.locator('button.execute').click();
      const watch = operation.getByRole('region', { name: 'Live stream' });
      await watch.locator('.said-text', { hasText: 'Now.' }).waitFor();
      assert.equal(await watch.getByRole('status').textContent(), 'Streaming', 'the end is a minute away');
      await watch.locator('summary', { hasText: 'response.output_text.delta' }).first().click();
      assert.match((await watch.locator('.events pre.code').textContent()) ?? '', /"delta": "Now"/);
      await watch.scrollIntoViewIfNeeded();
      await picture(visited.page, 'watching');
      await watch.getByRole('button', { name: 'Stop' }).click();
      await watch.getByText(/^Stopped after \d+ events/).waitFor();
      const live = operation.locator('.live-responses-table');
      await live.waitFor();
      assert.match((await live.textContent()) ?? '', /response\.output_text\.delta/, 'what came is kept below');
      visited.assertQuiet();
    });

    test('of chat chunks is shown too, with the command that sends the same, without the key', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched));
      await authorize(visited.page, key);
      const operation = await openOperation(visited.page, 'createChatCompletion');
      const body = { messages: [{ role: 'user', content: "/reason Hm.\n/say It's <b>fine</b>." }], stream: true };
      await operation.locator('textarea.body-param__text').fill(JSON.stringify(body));
      await execute(operation);
      const watch = operation.getByRole('region', { name: 'Live stream' });
      await watch.getByText(/^Ended: \d+ events/).waitFor();
      assert.deepEqual(await watch.locator('.said-text').allTextContents(), ['Hm.', "It's <b>fine</b>."]);
      await watch.locator('summary', { hasText: 'curl' }).click();
      const curl = (await watch.locator('pre.code').last().textContent()) ?? '';
      assert.match(curl, /^curl -N '.+\/v1\/chat\/completions'/);
      assert.ok(curl.includes("It'\\''s") && curl.includes('$API_SERVER_KEY') && !curl.includes(key), curl);
      visited.assertQuiet();
    });

    test('of a response that is stored can be watched again', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ input: '/say Again.' });
      const made = await fetch(`${server.url}/v1/responses`, { method: 'POST', headers, body });
      const { id } = JSON.parse(await made.text());
      await using visited = await visitApi(visitor(launched));
      await authorize(visited.page, key);
      const operation = await openOperation(visited.page, 'getResponse');
      await operation.locator('tr[data-param-name="response_id"] input').fill(id);
      await operation.locator('tr[data-param-name="stream"] select').selectOption('true');
      await execute(operation);
      assert.deepEqual(await operation.locator('.watch .said-text').allTextContents(), ['Again.']);
      visited.assertQuiet();
    });

    test('that was recorded is there to be read, whole, for every kind', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched), wide, '#/Responses/createResponse');
      const transcripts = visited.page.locator('.transcripts > details');
      await transcripts.first().waitFor();
      const titles = await transcripts.locator('> summary').allTextContents();
      assert.ok(titles.length >= 10, titles.join());
      const call = transcripts.filter({ hasText: 'A function call' });
      await call.locator('> summary').click();
      assert.match((await call.locator('pre.code').first().textContent()) ?? '', /^curl -N/);
      assert.equal(await call.locator('.said-text').textContent(), '{"city":"Paris"}');
      assert.equal(await call.locator('.events > li').last().textContent(), '11[DONE]');
      await call.scrollIntoViewIfNeeded();
      await picture(visited.page, 'recorded');
      visited.assertQuiet();
    });

    test('that is refused is told as such', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched));
      const operation = await openOperation(visited.page, 'createResponse');
      await operation.locator('textarea.body-param__text').fill('{ "input": "Hello!", "stream": true }');
      const { status } = await execute(operation);
      assert.equal(status, 401);
      assert.equal(await operation.locator('.watch-state').textContent(), 'Answered with 401, and no stream');
    });
  });

  test('leads from operations to guides and back', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const { page } = visited;
    const operation = await openOperation(page, 'cancelResponse');
    await operation.locator('.operation-guides').getByRole('link', { name: 'Background' }).click();
    await page.waitForURL('**/docs/guide/background');
    assert.equal(await page.title(), 'Background: Talaria');
    await page.locator('article').getByRole('link', { name: 'getResponse' }).first().click();
    await page.locator('.opblock.is-open[id$="-getResponse"]').waitFor();
    visited.assertQuiet();
  });

  test('can be used with a keyboard alone: the key, a request, its answer', async (context) => {
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
    const input = page.getByRole('dialog').locator('input');
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
    await operation.locator('.watch .said-text', { hasText: 'By hand.' }).waitFor();
    visited.assertQuiet();
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`can be read in ${scheme}: no text is fainter than AA, and nothing is wider than a phone`, async (context) => {
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
      await page.goto(`${server.url}/docs/`);
      await page.locator('.opblock').first().waitFor();
      await picture(page, `wide-${scheme}`);
      visited.assertQuiet();
    });
  }

  test('keeps the colours that were chosen, whatever the system says', async (context) => {
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

  test('is made of landmarks, in a language, with a title', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    for (const path of ['/docs/', '/docs/guide/getting-started']) {
      await using visited = await visit(visitor(launched), path);
      const { page } = visited;
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      assert.match(await page.title(), /Talaria/);
      assert.equal(await page.getByRole('main').count(), 1);
      assert.equal(await page.getByRole('banner').count(), 1);
      assert.ok((await page.getByRole('navigation', { name: 'Guides' }).count()) >= 1);
      visited.assertQuiet();
    }
  });

  test('has guides that can be read on a phone, in light and dark', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await using visited = await visit(visitor(launched), '/docs/guide/getting-started', { ...narrow, colorScheme });
      const { page } = visited;
      const names = await page
        .locator('.side a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      assert.ok(names.length >= 12);
      for (const name of names) {
        await page.goto(`${server.url}/docs/guide/${name}`);
        await assertReadable(page);
        if (/streaming|getting-started/.test(String(name)))
          await picture(page, `guide-narrow-${name?.slice(2)}-${colorScheme}`);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}/docs/guide/streaming`);
      await picture(page, `guide-wide-${colorScheme}`);
      visited.assertQuiet();
    }
  });
});

/** No text too faint, and no scrolling sideways. */
async function assertReadable(page: Page): Promise<void> {
  assert.deepEqual(await measurePage<string[]>(page, 'listFaintTexts()'), []);
  assert.ok((await measurePage<number>(page, 'widthBeyond()')) <= 0, `${page.url()} is wider than its window`);
}

const focused = (page: Page): Locator => page.locator(':focus');

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === element.ownerDocument.activeElement);

/** At most as often as a patient person would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${target} can't be reached with Tab`);
}
