import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toDocument } from '../../scripts/docs/documents.ts';
import { createLinks } from '../../scripts/docs/links.ts';
import { highlight } from '../../scripts/docs/markdown/highlight.ts';
import { renderMarkdown, toSlug } from '../../scripts/docs/markdown/render-markdown.ts';

const links = createLinks(
  'guide/x',
  {
    files: new Map([
      ['docs/guide/other.md', 'guide/other'],
      ['docs/configuration.md', 'configuration'],
      ['README.md', ''],
    ]),
    names: new Map(),
    codes: new Map([['getResponse', 'api/getResponse']]),
  },
  'docs/guide/x.md',
);
const renderAll = (text: string) => renderMarkdown(`# X\n\n${text}`, links);
const render = (text: string) => renderAll(text).html;

describe('renderMarkdown', () => {
  test('shows HTML as text and drops comments', () => {
    const html = render('<script>alert(1)</script> and <b onclick="x">bold</b> `<i>`\n\n<img src=x>');
    assert.doesNotMatch(html, /<(script|b|i|img)\b/);
    assert.match(html, /&lt;script&gt;/);
    assert.match(render('x <a id="a.b-c"></a>`y`'), /<p>x <a id="a\.b-c"><\/a><code>y/, 'anchors stay');
    assert.doesNotMatch(render('<a id="x" onclick="y">z</a>'), /<a /);
    assert.equal(render('<!-- a -->\n\ntext\n\n<!-- /a -->').replace(/^.*\n/, ''), '<p>text</p>\n');
  });

  test('labels tables by their heading, and names the first row about each name', () => {
    const table = '| a | b |\n|---|---|\n| `one` | 1 & `x` |\n| `one` | 2 |\n| `taken` | 3 |\n| two `x` | 4 |';
    const { html, rows, headings } = renderAll(`## The *first*\n\n${table}\n\n## taken`);
    assert.match(html, /<div class="wide" tabindex="0" role="region" aria-label="Table: The first"><table>/);
    assert.deepEqual(html.match(/<tr id="\w+">/g), ['<tr id="one">']);
    assert.match(html, /<td>1 &amp; <code>x<\/code><\/td>/);
    assert.deepEqual(rows, [{ id: 'one', text: '1 & x' }]);
    assert.deepEqual(
      headings.map(({ id, text }) => [id, text]),
      [
        ['the-first', 'The first'],
        ['taken', 'taken'],
      ],
    );
  });

  test('links names of operations, documents and the contract to where the site has them', () => {
    assert.match(render('`getResponse`'), /<a href="\.\.\/api\/getResponse"><code>getResponse<\/code><\/a>/);
    assert.match(render('[o](other.md#a-part)'), /<a href="\.\.\/guide\/other#a-part">/);
    assert.match(render('[o](../configuration.md)'), /<a href="\.\.\/configuration">/);
    assert.match(render('[o](../../README.md#run-it)'), /<a href="\.\.\/">/);
    assert.match(render('[o](../../openapi.yaml)'), /<a href="\.\.\/\.\.\/openapi\.yaml">/);
  });

  test('shows links to files that are no pages as text', () =>
    assert.equal(render('[code](../../src/app.ts)').replace(/^.*\n/, ''), '<p>code</p>\n'));

  test('rejects broken links and scripts in links', () => {
    for (const href of ['missing.md', 'other.txt', 'javascript:alert(1)'])
      assert.throws(() => render(`[o](${href})`), /which doesn't exist/, href);
  });

  test('gives headings the same anchors as GitHub', () => {
    assert.equal(toSlug('When it goes wrong, midway'), 'when-it-goes-wrong-midway');
    assert.match(render('## By status'), /<h2 id="by-status">/);
    assert.match(render('## Same\n\n## Same'), /<h2 id="same">[\s\S]*<h2 id="same-1">/);
  });

  test('joins code in several languages that follows each other, and nothing else', () => {
    const js = '```js\na\n```\n\n';
    const python = '```python\nb\n```\n\n';
    const text = '```text\nc\n```\n\n';
    assert.match(render(js + python), /<div class="tabs"[^>]*><div class="tab" data-language="js"[\s\S]*"python"/);
    for (const apart of [js, js + text, js + js, `${js}words\n\n${python}`])
      assert.doesNotMatch(render(apart), /class="tabs"/, apart);
  });
});

test('highlight marks words with classes, and escapes what it does not know', () => {
  assert.equal(
    `${highlight('{"a": 1}', 'json')}`,
    '{<span class="h-attr">&quot;a&quot;</span>: <span class="h-number">1</span>}',
  );
  assert.equal(`${highlight('<b>', 'unknown')}`, '&lt;b&gt;');
  assert.equal(`${highlight('<b>', 'bash')}`, '&lt;b&gt;');
});

test('a document has a path, a title and the keywords of its front matter', () => {
  const { path, title, keywords, markdown } = toDocument(
    'docs/how-to/retry.md',
    '---\nkeywords: [backoff, again]\n---\n# How do I `retry`?\n\nSo.\n',
  );
  assert.deepEqual([path, title, keywords], ['how-to/retry', 'How do I retry?', ['backoff', 'again']]);
  assert.equal(markdown, '# How do I `retry`?\n\nSo.\n');
  assert.equal(toDocument('SECURITY.md', '# Security\n').path, 'security');
  assert.throws(() => toDocument('docs/x.md', 'nothing'), /docs\/x\.md has no first-level heading/);
});
