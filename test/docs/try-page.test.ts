import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type LaunchedChromium, launchChromium } from './launch-chromium.ts';
import { authorize, execute, openOperation, orSkip, picture, visit, visitApi } from './visit.ts';

const key = 'key-of-the-docs-test';

describe('the page that tries the API', () => {
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

  test('lists every operation of the contract, webhooks among them', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    const shown = await visited.page.locator('.opblock').evaluateAll((blocks) => blocks.map((block) => block.id));
    const { operations, document } = loadContract();
    const webhooks = Object.values(document.webhooks ?? {}).flatMap(({ post }) => post?.operationId ?? []);
    const ids = [...operations.map(({ operationId }) => operationId), ...webhooks];
    assert.deepEqual(shown.map((id) => id.split('-').at(-1)).sort(), ids.sort());
    await picture(visited.page, 'operations');
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

  test('runs the first example request of the contract unchanged', async (context) => {
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

  test('shows the error envelope for a wrong key', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitApi(visitor(launched));
    await authorize(visited.page, 'wrong');
    const { status, body } = await execute(await openOperation(visited.page, 'listModels'));
    assert.equal(status, 401);
    assert.match(body, /"code": "invalid_api_key"/);
  });

  describe('a stream', () => {
    test('is shown event by event as it arrives, and can be stopped', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched));
      await authorize(visited.page, key);
      const operation = await openOperation(visited.page, 'createResponse');
      await operation.locator('textarea.body-param__text').fill('{ "input": "/say Now.\\n/wait 60000ms" }');
      await operation.getByRole('button', { name: 'Set "stream": true' }).click();
      await operation.locator('button.execute').click();
      const watch = operation.getByRole('region', { name: 'Live stream' });
      await watch.locator('.output-text', { hasText: 'Now.' }).waitFor();
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

    test('of chat chunks is shown too, with a curl command that omits the key', async (context) => {
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
      assert.deepEqual(await watch.locator('.output-text').allTextContents(), ['Hm.', "It's <b>fine</b>."]);
      await watch.locator('summary', { hasText: 'curl' }).click();
      const curl = (await watch.locator('pre.code').last().textContent()) ?? '';
      assert.match(curl, /^curl -N '.+\/v1\/chat\/completions'/);
      assert.ok(curl.includes("It'\\''s") && curl.includes('$API_SERVER_KEY') && !curl.includes(key), curl);
      visited.assertQuiet();
    });

    test('of a stored response can be replayed', async (context) => {
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
      assert.deepEqual(await operation.locator('.watch .output-text').allTextContents(), ['Again.']);
      visited.assertQuiet();
    });

    test('that is refused shows its status', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitApi(visitor(launched));
      const operation = await openOperation(visited.page, 'createResponse');
      await operation.locator('textarea.body-param__text').fill('{ "input": "Hello!", "stream": true }');
      const { status } = await execute(operation);
      assert.equal(status, 401);
      assert.equal(await operation.locator('.watch-state').textContent(), 'Status 401, no stream');
    });
  });

  test('opens the operation of a link, and links back to its page', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/api/getResponse');
    const { page } = visited;
    assert.equal(await page.title(), 'Retrieve a response · Talaria docs');
    await page.getByRole('link', { name: 'Try it' }).click();
    await page.waitForURL('**/docs/try#/Responses/getResponse');
    const operation = page.locator('.opblock.is-open[id$="-getResponse"]');
    await operation.waitFor();
    await operation.getByRole('link', { name: 'Fields, samples and errors' }).click();
    await page.waitForURL('**/docs/api/getResponse');
    visited.assertQuiet();
  });

  test('is where old links to operations lead', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/docs/#/Responses/createResponse');
    await visited.page.waitForURL('**/docs/try#/Responses/createResponse');
    await visited.page.locator('.opblock.is-open[id$="-createResponse"]').waitFor();
    visited.assertQuiet();
  });
});
