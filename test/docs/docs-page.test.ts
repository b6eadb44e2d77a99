import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { loadContract } from '../../src/contract/load-contract.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type LaunchedChromium, launchChromium } from './launch-chromium.ts';

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

  test('lists every operation of the contract', async (context) => {
    await using visit = await open(context);
    if (!visit) return;
    const shown = await visit.page.locator('.opblock').evaluateAll((blocks) => blocks.map((block) => block.id));
    const operations = loadContract().operations.map(({ operationId }) => operationId);
    assert.deepEqual(shown.map((id) => id.split('-').at(-1)).sort(), operations.sort());
    await picture(visit.page, 'operations');
    visit.assertQuiet();
  });

  test('shows the schemas when they are asked for, without freezing', async (context) => {
    await using visit = await open(context);
    if (!visit) return;
    const [first = ''] = Object.keys(loadContract().document.components.schemas);
    const schemas = visit.page.locator('section.models');
    assert.equal(await schemas.getByText(first, { exact: true }).count(), 0, 'they are closed at first');
    await schemas.locator('.models-control').click();
    await schemas.getByText(first, { exact: true }).click();
    await schemas.locator('.json-schema-2020-12-property').first().waitFor();
    await picture(visit.page, 'schemas');
    visit.assertQuiet();
  });

  test('asks for the key once, then runs createResponse and shows the completed response', async (context) => {
    await using visit = await open(context);
    if (!visit) return;
    await authorize(visit.page, key);
    const operation = await openOperation(visit.page, 'createResponse');
    await operation.locator('textarea.body-param__text').fill('{ "input": "/say It works." }');
    await picture(visit.page, 'create-response');
    const { status, body } = await execute(operation);
    assert.equal(status, 200);
    assert.match(body, /"status": "completed"/);
    assert.match(body, /"text": "It works\."/);
    await picture(visit.page, 'response-created');
    visit.assertQuiet();

    await visit.page.reload();
    const models = await execute(await openOperation(visit.page, 'listModels'));
    assert.equal(models.status, 200, 'the key outlives a reload');
  });

  test('runs the request that the contract gives as the first example, as it stands', async (context) => {
    await using visit = await open(context);
    if (!visit) return;
    await authorize(visit.page, key);
    for (const operationId of ['createResponse', 'createChatCompletion']) {
      const { status, body } = await execute(await openOperation(visit.page, operationId));
      assert.equal(status, 200, body);
    }
    visit.assertQuiet();
  });

  test('shows the refusal of a wrong key as the envelope that clients get', async (context) => {
    await using visit = await open(context);
    if (!visit) return;
    await authorize(visit.page, 'wrong');
    const { status, body } = await execute(await openOperation(visit.page, 'listModels'));
    assert.equal(status, 401);
    assert.match(body, /"code": "invalid_api_key"/);
  });

  interface Visit extends AsyncDisposable {
    page: Page;
    /** Fails when the page broke, a request failed, or anything but this server was asked. */
    assertQuiet(): void;
  }

  async function open(context: TestContext): Promise<Visit | undefined> {
    if (typeof chromium === 'string') {
      context.skip(chromium);
      return undefined;
    }
    const page = await chromium.browser.newPage({ viewport: { width: 1280, height: 900 } });
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(`the page broke: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && trouble.push(`it complained: ${message.text()}`));
    page.on('requestfailed', (request) => trouble.push(`${request.url()} failed`));
    page.on('response', (reply) => reply.status() >= 400 && trouble.push(`${reply.url()} answered ${reply.status()}`));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== server.url && protocol !== 'data:') trouble.push(`${request.url()} is somebody else's`);
    });
    await page.goto(`${server.url}/docs`);
    await page.locator('.opblock').first().waitFor();
    return {
      page,
      assertQuiet: () => assert.deepEqual(trouble, []),
      [Symbol.asyncDispose]: () => page.context().close(),
    };
  }
});

async function authorize(page: Page, token: string): Promise<void> {
  await page.locator('.auth-wrapper button.authorize').click();
  const dialog = page.locator('.dialog-ux');
  await dialog.locator('input').fill(token);
  await dialog.getByRole('button', { name: 'Apply credentials' }).click();
  await picture(page, 'authorized');
  await dialog.locator('.modal-btn.btn-done').click();
}

async function openOperation(page: Page, operationId: string): Promise<Locator> {
  const operation = page.locator(`.opblock[id$="-${operationId}"]`);
  await operation.locator('.opblock-summary-control').click();
  await operation.locator('button.execute').waitFor();
  return operation;
}

async function execute(operation: Locator): Promise<{ status: number; body: string }> {
  await operation.locator('button.execute').click();
  const live = operation.locator('.live-responses-table');
  await live.waitFor();
  await live.scrollIntoViewIfNeeded();
  const status = Number.parseInt((await live.locator('tbody .response-col_status').first().textContent()) ?? '', 10);
  return { status, body: (await live.locator('.highlight-code').first().textContent()) ?? '' };
}

/** For a person to look at, where SCREENSHOT_DIR names a directory. */
async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env['SCREENSHOT_DIR'];
  if (!directory) return;
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`) });
}
