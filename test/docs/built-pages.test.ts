import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { readSitePages } from './site-pages.ts';

const pages = readSitePages();
const page = (path: string): string => pages.get(path)?.html ?? assert.fail(`There is no page ${path}.`);
const { document, operations } = loadContract();

describe('the page of an operation', () => {
  const webhooks = Object.values(document.webhooks ?? {}).flatMap(({ post }) => post?.operationId ?? []);

  test('exists for each operation and webhook, and shows its address and its errors', () => {
    for (const { operationId, method, path } of operations) {
      const html = page(`api/${operationId}`);
      assert.ok(html.includes(`<span class="verb ${method}">${method}</span> <code>${path}</code>`), operationId);
      assertShows(`api/${operationId}`, /href="\.\.\/try#\/\w+\/\w+">Try it</);
      assertShows(`api/${operationId}`, /<h2 id="errors">/);
    }
    for (const operationId of webhooks) assertShows(`api/${operationId}`, /<h2 id="errors">Your replies</);
  });

  test('shows the samples of docs/samples as tabs', () => {
    const tabs = [...page('api/createResponse').matchAll(/<div class="tab" data-language="(\w+)"/g)];
    assert.deepEqual(
      tabs.map(([, language]) => language),
      ['curl', 'python', 'ts', 'go'],
    );
  });

  test('shows each field of the body with its type, default and verdict', () => {
    const html = page('api/createResponse');
    const fields = Object.keys(document.components.schemas['CreateResponseRequest']?.properties ?? {});
    assert.ok(fields.length > 20);
    for (const name of fields) assert.ok(html.includes(`<li id="request.${name}">`), name);
    assert.match(fieldOf(html, 'request.store'), /boolean or null.*default <code>true<\/code>.*>supported</);
    assert.match(fieldOf(html, 'request.tools'), /list of <a href="\.\.\/schemas\/Tool">Tool<\/a>/);
    assertShows('api/createChatCompletion', />refused: 400 unsupported_parameter</);
  });

  test('says whose key it needs', () => {
    assertShows('api/createResponse', /needs the key of a client, if the server has keys/);
    assertShows('api/listRuns', /needs the key of an operator, if the server has keys/);
    for (const path of ['api/getHealth', 'api/onResponseCompleted']) assert.ok(!page(path).includes('needs the key'));
  });

  test('shows fields within fields, closed', () => {
    assertShows('api/createResponse', /<li id="request\.reasoning">[\s\S]*?<details><summary>Fields of/);
    assert.ok(page('api/createResponse').includes('<li id="request.reasoning.effort">'));
  });

  test('shows recorded streams as events that can be opened without a script', () => {
    const [, streams = ''] = page('api/createResponse').split('<h2 id="streams">');
    const [events = ''] = /<ol class="events">[\s\S]*?<\/ol>/.exec(streams) ?? [];
    const names = [...events.matchAll(/<li><details><summary>.*?<code>([\w.]+)<\/code>/g)].map(([, name]) => name);
    assert.deepEqual([names[0], names.at(-1)], ['response.created', 'response.completed']);
    assert.match(events, /<li class="last">.*\[DONE\]/);
  });

  test('links error codes to the guide, and guides to the operation', () => {
    assertShows('api/getResponse', /<a href="\.\.\/guide\/errors#response_not_found"><code>/);
    assertShows('guide/background', /<a href="\.\.\/api\/getResponse"><code>getResponse<\/code><\/a>/);
    assertShows('api/getResponse', /<h2 id="see-also">[\s\S]*<a href="\.\.\/guide\/background">/);
  });
});

test('every schema has a page, with its fields and its users', () => {
  const { schemas } = document.components;
  for (const [name, { properties = {} }] of Object.entries<{ properties?: object }>(schemas)) {
    const html = page(`schemas/${name}`);
    for (const field of Object.keys(properties)) assert.ok(html.includes(`<li id="${name}.${field}">`), field);
  }
  assertShows('schemas/Conversation', /Used in .*<a href="\.\.\/api\/getConversation">/);
  assertShows('schemas/ErrorCode', /<li id="ErrorCode\.invalid_api_key">/);
});

test('every document is a page, and the sidebar of each page has all of them', () => {
  const files = globSync('docs/{guide/,how-to/,}*.md', { cwd: new URL('../../', import.meta.url) });
  const paths = files.map((file) => file.replaceAll('\\', '/').replace(/^docs\/|\.md$/g, ''));
  const documents = paths.filter((path) => !path.endsWith('README'));
  assert.ok(documents.length > 25);
  for (const path of documents) assert.ok(page('guide/state').includes(`<li><a href="../${path}"`), path);
  for (const { operationId } of operations) assert.ok(page('guide/state').includes(`"../api/${operationId}"`));
});

test('pages lead from each to the next', () => {
  const turn = (path: string, rel: string) => new RegExp(`<a rel="${rel}" href="([^"]+)"`).exec(page(path))?.[1];
  assert.equal(turn('', 'prev'), undefined);
  assert.equal(turn('', 'next'), 'guide/getting-started');
  assert.equal(turn('guide/getting-started', 'next'), '../guide/state');
  assert.equal(turn('api/getResponse', 'prev'), '../api/createResponse');
});

test('examples of a guide in several languages are tabs', () => {
  const [tabs = ''] = /<div class="tabs"[\s\S]*?<\/div>\n<\/div>/.exec(page('guide/getting-started')) ?? [];
  assert.match(tabs, /data-language="js"[\s\S]*data-language="python"/);
});

test('pages have neither inline scripts nor inline styles, which the policy forbids', () => {
  for (const [path, { html }] of pages) {
    const [inline] = /<script(?![^>]* src=)|<style|<[^>]* style="|<[^>]* on\w+="/.exec(html) ?? [];
    assert.equal(inline, undefined, path);
  }
});

/** Fails with the path alone: a page is too long for a message. */
function assertShows(path: string, text: RegExp): void {
  assert.ok(text.test(page(path)), `${path} does not show ${text}`);
}

/** Returns the first line of a field. */
function fieldOf(html: string, id: string): string {
  return html.slice(html.indexOf(`<li id="${id}">`)).split('\n', 1)[0] ?? '';
}
