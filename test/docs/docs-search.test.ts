import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type LaunchedChromium, launchChromium } from './launch-chromium.ts';
import { assertReadable } from './measure-page.ts';
import { narrow, openOperation, orSkip, picture, visit, visitApi } from './visit.ts';

describe('the search of the docs', () => {
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
  const visitor = (launched: LaunchedChromium) => ({ browser: launched.browser, url: server.url });

  test('opens an operation by keyboard alone', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/guide/streaming');
    const { page } = visited;
    const input = page.getByRole('combobox', { name: 'Search' });
    await page.keyboard.press('/');
    await page.keyboard.type('response');
    const options = page.locator('#found').getByRole('option');
    await options.nth(2).waitFor();
    assert.equal(await input.inputValue(), 'response', 'the slash opened the search, and is no part of it');
    await page
      .getByRole('status')
      .filter({ hasText: /^\d+ found/ })
      .waitFor();
    await picture(page, 'search');
    for (const [key, index] of [
      ['ArrowDown', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
    ] as const) {
      await page.keyboard.press(key);
      assert.equal(await options.nth(index).getAttribute('aria-selected'), 'true');
      assert.equal(await input.getAttribute('aria-activedescendant'), await options.nth(index).getAttribute('id'));
    }
    await page.keyboard.press('Control+A');
    await page.keyboard.type('cancleResponse');
    await page.getByRole('option', { name: 'POST /v1/responses/{response_id}/cancel' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/api/cancelResponse');
    visited.assertQuiet();
  });

  test('closes on Escape: first clears the query, then drops the focus', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/guide/streaming');
    const { page } = visited;
    const input = page.getByRole('combobox', { name: 'Search' });
    await page.keyboard.press('/');
    await page.keyboard.type('xyzzyxyzzy');
    await page.getByText('Nothing found.').waitFor();
    assert.equal(await input.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Escape');
    assert.equal(await input.inputValue(), '');
    assert.equal(await input.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#search:focus').count(), 0);
    visited.assertQuiet();
  });

  test('ignores a slash typed into a field', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const body = (await openOperation(visited.page, 'countInputTokens')).locator('textarea.body-param__text');
    await body.fill('');
    await body.press('/');
    assert.equal(await body.inputValue(), '/');
    visited.assertQuiet();
  });

  test('loads its library and its index at the first search', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    const loaded: string[] = [];
    await using visited = await visit(visitor(launched), '/docs/', undefined, async (page) => {
      page.on('request', (request) => loaded.push(request.url()));
    });
    const { page } = visited;
    await page.locator('.tabs.ready').first().waitFor();
    const ofSearch = () => loaded.filter((url) => /find-entries|search-index/.test(url)).length;
    assert.equal(ofSearch(), 0);
    await page.getByRole('combobox', { name: 'Search' }).fill('stream');
    await page.locator('#found').getByRole('option').first().waitFor();
    assert.equal(ofSearch(), 2);
    visited.assertQuiet();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`opens a field, an event and an error from a guide by touch, in ${colorScheme}`, async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visit(visitor(launched), '/docs/guide/streaming', { ...narrow, colorScheme });
      const { page } = visited;
      const places = [
        ['max_output_tokens', 'api/createResponse#request.max_output_tokens'],
        ['output_text.delta', 'schemas/OutputTextDeltaEvent'],
        ['conversation_locked', 'guide/errors#conversation_locked'],
      ] as const;
      for (const [query, place] of places) {
        await page.getByRole('combobox', { name: 'Search' }).fill(query);
        await page.locator('#found').getByRole('option').first().waitFor();
        await assertReadable(page);
        await picture(page, `search-narrow-${query}-${colorScheme}`);
        await page.locator('#found').getByRole('option').first().tap();
        await page.waitForURL(`${server.url}/docs/${place}`);
        if (place.includes('#')) await page.locator(':target').waitFor();
        assert.equal(await page.locator('#found').getByRole('option').count(), 0);
      }
      visited.assertQuiet();
    });
  }
});
