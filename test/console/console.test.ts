import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type LaunchedChromium, launchChromium } from '../docs/launch-chromium.ts';
import { measurePage } from '../docs/measure-page.ts';
import { narrow, orSkip, picture, visit, wide } from '../docs/visit.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type ConsoleServer, clientKey, offer, operatorKey, startConsoleServer } from './console-server.ts';
import { startKillableServer } from './recovery.ts';
import { assertAccessible, visitConsole } from './visit-console.ts';

/** The record of a run that was just started may not be there yet. */
const notYetRecorded = /runs\/resp_\w+ answered 404|status of 404/;

/** A slow mobile connection. */
const slowConnection = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 };

describe('the console', () => {
  let chromium: LaunchedChromium | string;
  let server: ConsoleServer;
  before(async () => {
    [chromium, server] = await Promise.all([launchChromium(), startConsoleServer()]);
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    if (typeof chromium !== 'string') await chromium[Symbol.asyncDispose]();
  });
  const visitor = (launched: LaunchedChromium) => ({ browser: launched.browser, url: server.url });

  test('is painted in less than a second on a slow connection', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await server.openai.responses.create({ model: 'offline', input: '/say First.' });
    await using visited = await visitConsole(visitor(launched), '#/runs');
    const { page } = visited;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.clearBrowserCache');
    await session.send('Network.emulateNetworkConditions', slowConnection);
    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    const painted = await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
    assert.ok(painted < 1000, `${painted} ms`);
    await page.getByRole('row').nth(1).waitFor();
    const listed = await page.evaluate<number>(
      "performance.getEntriesByType('resource').find(({ name }) => name.includes('/admin/v1/runs')).responseEnd",
    );
    context.diagnostic(`first paint after ${Math.round(painted)} ms, the list after ${Math.round(listed)} ms`);
  });

  test('asks for the key of an operator, keeps it for the tab, and signs out', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visit(visitor(launched), '/console#/load');
    const { page } = visited;
    const enter = async (key: string) => {
      await page.getByLabel("Operator's key").fill(key);
      await page.keyboard.press('Enter');
    };
    await page.getByText("This server requires an operator's key.").waitFor();
    await assertAccessible(page, 'sign-in');
    await picture(page, 'sign-in-1280');
    await enter('wrong');
    await page.getByText('Invalid API key').waitFor();
    await enter(clientKey);
    await page.getByText("This is a tenant's key.").waitFor();
    await page.getByText('talaria keys create --operator').waitFor();
    await enter(operatorKey);
    await page.getByRole('heading', { name: 'Load', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Load', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel("Operator's key").waitFor();
    assert.equal(await page.evaluate('sessionStorage.length'), 0);
  });

  test('needs no key on a server without keys, and lists new runs live', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using open = await startTalaria();
    await using visited = await visit({ browser: launched.browser, url: open.url }, '/console');
    const { page } = visited;
    await page.getByText('No runs.').waitFor();
    const messages = [{ role: 'user' as const, content: '/say Hello.' }];
    await open.openai.chat.completions.create({ model: 'offline', messages });
    await page
      .getByRole('row', { name: /Completed.*chat/ })
      .getByRole('link')
      .click();
    await page.getByText("The content of chat completions isn't shown here.").waitFor();
    await page.getByText('As a table').click();
    await page
      .getByRole('table', { name: 'Timeline' })
      .getByRole('row', { name: /offline model/ })
      .waitFor();
    assert.equal(await page.getByRole('button', { name: 'Send again' }).count(), 0);
    visited.assertQuiet();
  });

  describe('a run', () => {
    test('is listed while it runs, followed event by event, and cancelled', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitConsole(visitor(launched), '#/runs?status=active');
      const { page } = visited;
      const { id } = await server.start('/reason Hm.\n/say Now.\n/wait 60000ms', { metadata: { project: 'notes' } });
      const row = page.getByRole('row', { name: new RegExp(`Running.*${id.slice(-8)}`) });
      await row.waitFor();
      assert.match((await row.textContent()) ?? '', /default.*offline/);
      await row.getByRole('link').click();
      await page.getByRole('heading', { name: `Run ${id}` }).waitFor();
      const output = page.getByRole('region', { name: 'Output items' });
      await output.getByText('Now.').waitFor();
      await output.getByText('Hm.').waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByRole('region', { name: 'Input items' }).getByText('/wait 60000ms').waitFor();
      await page.getByText(/^Events \(\d+\)$/).click();
      await page.getByText('response.output_text.delta').first().waitFor();
      await page.getByText('As a table').click();
      await page
        .getByRole('table', { name: 'Timeline' })
        .getByRole('row', { name: /offline model/ })
        .waitFor();
      await picture(page, 'run-live-1280');

      await page.getByRole('button', { name: 'Cancel' }).click();
      const dialog = page.getByRole('dialog', { name: 'Cancel this run?' });
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Cancel' }).click();
      await dialog.getByRole('button', { name: 'Cancel the run' }).click();
      await page.locator('.heading').getByText('Cancelled').waitFor();
      assert.equal((await server.openai.responses.retrieve(id)).status, 'cancelled');

      await page.goBack();
      await page.getByRole('heading', { name: 'Runs' }).waitFor();
      assert.ok(await page.getByRole('radio', { name: 'Active' }).isChecked(), 'the filter is part of the address');
      await row.waitFor({ state: 'detached' });
      visited.assertQuiet();
    });

    test('is found by its filters, and sent again', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const { id } = await server.openai.responses.create({ model: 'offline', input: '/say Once more.' });
      await using visited = await visitConsole(visitor(launched), '#/runs');
      const { page } = visited;
      await page.getByLabel('Tenant').fill('nobody');
      await page.getByText('No runs.').waitFor();
      await page.getByLabel('Tenant').fill('');
      await page.getByLabel('ID starts with').fill(id.slice(0, 20));
      await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
      await page.getByRole('row').nth(1).getByRole('link').click();
      await page.getByRole('region', { name: 'Output items' }).getByText('Once more.').waitFor();
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
      await page.getByText('Sent again as').getByRole('link').click();
      await page.getByRole('heading', { name: `Run ${id}` }).waitFor({ state: 'detached' });
      await page.locator('.heading').getByText('Completed').waitFor();
      await page.getByRole('region', { name: 'Output items' }).getByText('Once more.').waitFor();
      visited.assertQuiet();
    });

    test('is steered, and the successor is in its chain', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const { id } = await server.start('/tokens 30 delay 50ms');
      await using visited = await visitConsole(visitor(launched), `#/runs/${id}`);
      const { page } = visited;
      await page.getByLabel(/^Steer/).fill('/say Shorter.');
      await page.keyboard.press('Enter');
      await page.getByText('Accepted.').waitFor();
      await page.getByRole('link', { name: 'Chain and forks' }).click();
      await page.getByRole('treeitem', { name: /Shorter/ }).waitFor();
      visited.assertQuiet();
    });

    test('shows hostile output as text, and long output in steps', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const markup = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';
      const script = `/say ${markup}\n/call tools__large {"bytes":200000}\n/then\n/say [a](javascript:alert(1))`;
      const { id } = await server.openai.responses.create({ model: 'offline', input: script, tools: offer('never') });
      await using visited = await visitConsole(visitor(launched), `#/runs/${id}`);
      const { page } = visited;
      await page.getByRole('region', { name: 'Output items' }).getByText(markup).waitFor();
      assert.equal(await page.evaluate('window.hacked'), undefined);
      assert.equal(await page.locator('main :is(img, script)').count(), 0);
      assert.ok(((await page.getByRole('region', { name: 'Output items' }).textContent()) ?? '').length < 80_000);
      await page.getByRole('button', { name: /Show more \(134 KB left\)/ }).click();
      await page.getByRole('button', { name: /Show more \(69 KB left\)/ }).waitFor();
      visited.assertQuiet();
    });

    test('is followed again after the connection was lost', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const { id } = await server.start('/tokens 80 delay 50ms');
      await using visited = await visitConsole(visitor(launched), `#/runs/${id}`);
      const { page } = visited;
      await page
        .getByRole('region', { name: 'Output items' })
        .getByText(/two three/)
        .waitFor();
      await page.context().setOffline(true);
      await page.getByText("The server can't be reached.").waitFor();
      await page.context().setOffline(false);
      await page.getByText("The server can't be reached.").waitFor({ state: 'detached' });
      await page.locator('.heading').getByText('Completed').waitFor();
      const { output_text: text } = await server.openai.responses.retrieve(id);
      await page.getByRole('region', { name: 'Output items' }).getByText(text, { exact: true }).waitFor();
    });
  });

  describe('the inbox', () => {
    test('shows a new request at once, and its approval lets the run go on', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using visited = await visitConsole(visitor(launched), '#/approvals');
      const { page } = visited;
      await page.getByText('Nothing waits for approval.').waitFor();
      const asked = await endOf(await server.ask('first'));
      const started = performance.now();
      const card = page.getByRole('article', { name: /echo of tools/ });
      await card.waitFor();
      context.diagnostic(`shown after ${Math.round(performance.now() - started)} ms`);
      await page.getByRole('link', { name: 'Approvals 1 pending' }).waitFor();
      assert.equal(await page.title(), '(1) Approvals · Talaria');
      await page.keyboard.press('j');
      assert.ok(await card.evaluate((element) => element === element.ownerDocument.activeElement));
      assert.ok(await measurePage<boolean>(page, 'hasVisibleFocus()'));
      await page.keyboard.press('a');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Open the run' }).click();
      await page.getByRole('region', { name: 'Output items' }).getByText('first', { exact: true }).waitFor();
      await page.locator('.heading').getByText('Completed').waitFor();
      assert.equal(await page.title(), `Run ${page.url().split('/').at(-1)} · Talaria`);
      await page.getByRole('link', { name: asked.id.slice(-8) }).waitFor();
      visited.assertQuiet(notYetRecorded);
    });

    test('denies with a reason, which the model reads, and compares with the last call', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await server.ask('second');
      await using visited = await visitConsole(visitor(launched), '#/approvals');
      const { page } = visited;
      await page.getByText('Compared with the last call of this tool: 1 line added, 1 line removed.').waitFor();
      await picture(page, 'approvals-diff-1280');
      await page.keyboard.press('j');
      await page.keyboard.press('d');
      await page.keyboard.type('Not on a Friday.');
      await page.keyboard.press('Enter');
      await page.getByText('Denied: echo.').waitFor();
      await page.getByRole('link', { name: 'Open the run' }).click();
      await page.getByText('The user denied this call. Reason: Not on a Friday.').first().waitFor();
      visited.assertQuiet(notYetRecorded);
    });

    test('approves further calls of the tool in this run', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const call = (text: string) => `/call tools__echo ${JSON.stringify({ text })}`;
      const { id } = await server.start(`${call('third')}\n/then\n${call('fourth')}`, { tools: offer('always') });
      await using visited = await visitConsole(visitor(launched), `#/runs/${id}`);
      const { page } = visited;
      await page.getByRole('combobox', { name: 'Approve' }).selectOption('all calls of echo in this run');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('link', { name: 'Open the run' }).click();
      await page.getByRole('region', { name: 'Output items' }).getByText('fourth', { exact: true }).waitFor();
      await page.locator('.heading').getByText('Completed').waitFor();
      visited.assertQuiet(notYetRecorded);
    });

    test('lets a run go on that was recovered after its server was killed', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      await using killable = await startKillableServer();
      const steps = ['/call tools__pid', '/wait 1500ms\n/call tools__echo {"text":"recovered"}', '/say Done.'];
      const rule = { always: { tool_names: ['echo'] }, never: {} };
      const tools = [{ type: 'mcp' as const, server_label: 'tools', require_approval: rule }];
      const request = { model: 'offline', input: steps.join('\n/then\n'), background: true, tools };
      const { id } = await killable.openai.responses.create(request);
      await using visited = await visit({ browser: launched.browser, url: killable.url }, `/console#/runs/${id}`);
      const { page } = visited;
      await page.getByRole('region', { name: 'Output items' }).getByText(`${process.pid}`, { exact: true }).waitFor();
      await killable.killAndRestart();
      await page.getByRole('article', { name: /echo of tools/ }).waitFor();
      await page.locator('dt', { hasText: 'Attempt' }).locator('+ dd', { hasText: '2' }).waitFor();
      await picture(page, 'recovered-approval-1280');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('link', { name: 'Open the run' }).click();
      const output = page.getByRole('region', { name: 'Output items' });
      await output.getByText('recovered', { exact: true }).waitFor();
      await output.getByText('Done.', { exact: true }).waitFor();
      await page.locator('.heading').getByText('Completed').waitFor();
      await picture(page, 'recovered-completed-1280');
    });

    test('drops a request that another operator answered, and explains a conflict', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const approvalOf = async (response: { id: string }) =>
        (await endOf(response)).output.find(({ type }) => type === 'mcp_approval_request')?.id;
      const other = await approvalOf(await server.ask('fifth'));
      const mine = await approvalOf(await server.ask('sixth'));
      await using visited = await visitConsole(visitor(launched), '#/approvals');
      const { page } = visited;
      await page.getByRole('article').nth(1).waitFor();
      await server.operate(`approvals/${other}/answer`, { approve: false });
      await page.getByRole('article').nth(1).waitFor({ state: 'detached' });
      // Holds the polls back, so that the page doesn't know of the answer.
      await page.route('**/admin/v1/approvals?*', () => undefined);
      await server.operate(`approvals/${mine}/answer`, { approve: false });
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Another operator or the client has answered this request.').waitFor();
    });
  });

  describe('the stored responses', () => {
    test('are found by text and shown as a tree with forks, which arrow keys move in', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const { first, left, right } = await createFork(server);
      await using visited = await visitConsole(visitor(launched), '#/conversations');
      const { page } = visited;
      await page.getByLabel('Text in input or output').fill('to the LEFT');
      await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
      await page.getByRole('row').nth(1).getByRole('link').click();
      const items = page.getByRole('treeitem');
      await items.nth(2).waitFor();
      assert.equal(await items.count(), 3);
      assert.deepEqual(await levelsOf(page), ['1', '2', '2']);
      await page.locator('[role="treeitem"][tabindex="0"]').focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `Response ${first}` }).waitFor();
      await page.getByRole('treeitem', { name: /to the right/ }).click();
      await page.getByRole('heading', { name: `Response ${right}` }).waitFor();
      await picture(page, 'tree-1280');

      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete the response' }).click();
      await page.getByText('The response is deleted.').waitFor();
      assert.equal((await server.operate(`responses/${right}`)).status, 404);
      assert.equal((await server.operate(`responses/${left}`)).status, 200);
    });

    test('of a conversation are listed with its items, and the conversation is deleted', async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const { id } = await server.openai.conversations.create({ metadata: { topic: 'weather' } });
      await server.openai.responses.create({ model: 'offline', input: '/say Sunny.', conversation: id });
      await using visited = await visitConsole(visitor(launched), '#/conversations?kind=conversations');
      const { page } = visited;
      await page
        .getByRole('row', { name: /topic: weather/ })
        .getByRole('link')
        .click();
      await page
        .getByRole('region', { name: 'Items of the conversation' })
        .getByText('Sunny.', { exact: true })
        .waitFor();
      await page.getByRole('table', { name: 'Responses' }).waitFor();
      await picture(page, 'conversation-1280');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete the conversation' }).click();
      await page.getByText('The conversation is deleted.').waitFor();
      visited.assertQuiet();
    });
  });

  test('plots the load of the runs, and reads values by keyboard', async (context) => {
    const launched = orSkip(context, chromium);
    if (!launched) return;
    await using visited = await visitConsole(visitor(launched), '#/load');
    const { page } = visited;
    const plot = page.getByRole('slider', { name: 'Requests' });
    await page
      .getByText(/^[1-9]\d* in all; at most \d+ in a step/)
      .first()
      .waitFor();
    await plot.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    assert.match((await plot.getAttribute('aria-valuetext')) ?? '', /^\d\d:\d\d: Ended \d+, Cancelled \d+$/);
    await page.getByRole('row', { name: /default.*offline/ }).waitFor();
    await page.getByRole('radio', { name: 'Last day' }).check();
    await page.waitForURL(/period=day/);
    await page.getByRole('table', { name: 'Tenants' }).getByRole('row').nth(1).waitFor();
    visited.assertQuiet();
  });

  for (const [width, options] of [
    [1280, wide],
    [390, narrow],
  ] as const) {
    test(`is accessible in every view, in light and dark, ${width} pixels wide`, async (context) => {
      const launched = orSkip(context, chromium);
      if (!launched) return;
      const { left } = await createFork(server);
      const { id: conversation } = await server.openai.conversations.create({ metadata: { topic: 'axe' } });
      await server.openai.responses.create({ model: 'offline', input: '/say Hello.', conversation });
      const asking = await endOf(await server.ask('of the look'));
      const views: [name: string, hash: string, ready: string][] = [
        ['runs', '#/runs', '.rows a'],
        ['run', `#/runs/${asking.id}`, '.card'],
        ['approvals', '#/approvals', '.card'],
        ['conversations', '#/conversations', '.rows a'],
        ['conversation', `#/conversations/${conversation}`, '.item'],
        ['response', `#/responses/${left}`, '.branch'],
        ['load', '#/load', '.plot'],
      ];
      await using visited = await visitConsole(visitor(launched), '#/runs', { ...options, colorScheme: 'light' });
      const { page } = visited;
      for (const [name, hash, ready] of views) {
        await page.evaluate(`location.hash = '${hash}'`);
        await page.locator(ready).first().waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await assertAccessible(
            page,
            `${name} ${width} ${colorScheme}`,
            colorScheme === 'dark' ? ['color-contrast'] : [],
          );
          await picture(page, `${name}-${width}-${colorScheme}`);
        }
        assert.ok((await measurePage<number>(page, 'widthBeyond()')) <= 0, `${name} is wider than ${width} pixels`);
      }
      visited.assertQuiet();
    });
  }

  /** Waits for the end of a background response. */
  async function endOf({ id }: { id: string }) {
    let response = await server.openai.responses.retrieve(id);
    await waitUntil(async () => {
      response = await server.openai.responses.retrieve(id);
      return response.status !== 'queued' && response.status !== 'in_progress';
    }, `the end of ${id}`);
    return response;
  }
});

/** Creates a response that two others continue. */
async function createFork({ openai }: ConsoleServer): Promise<{ first: string; left: string; right: string }> {
  const create = async (input: string, previous_response_id?: string) =>
    (await openai.responses.create({ model: 'offline', input, ...(previous_response_id && { previous_response_id }) }))
      .id;
  const first = await create('/say Where to?');
  return {
    first,
    left: await create('/say Go to the left.', first),
    right: await create('/say Go to the right.', first),
  };
}

const levelsOf = (page: Page): Promise<(string | null)[]> =>
  page.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-level')));
