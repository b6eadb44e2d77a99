import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { listTextDeltas } from '../../scripts/docs/browser/list-text-deltas.ts';
import { createSseReader, type SseEvent } from '../../scripts/docs/browser/read-sse.ts';
import { resolveSubtree } from '../../scripts/docs/browser/resolve-subtree.ts';
import { toCurl } from '../../scripts/docs/browser/to-curl.ts';
import type { Recording } from '../../scripts/record-examples/recorder.ts';
import { loadContract } from '../../src/contract/load-contract.ts';

const recordings: Record<string, Recording> = JSON.parse(
  readFileSync(new URL('../../generated/examples.json', import.meta.url), 'utf8'),
);
const streamOf = (name: string) => String(recordings[name]?.value);

function readAll(pieces: string[]): SseEvent[] {
  const events: SseEvent[] = [];
  const read = createSseReader((event) => events.push(event));
  for (const piece of pieces) read(piece);
  return events;
}

/** Returns the texts of a recorded stream by kind, as the page shows them. */
function textsOf(name: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { data } of readAll([streamOf(name)])) {
    for (const { kind, piece } of listTextDeltas(data)) texts[kind] = (texts[kind] ?? '') + piece;
  }
  return texts;
}

describe('createSseReader', () => {
  test('reads the same events, however the text is split', () => {
    const stream = `: keep-alive\n\n${streamOf('ResponseStreamText')}`;
    const whole = readAll([stream]);
    assert.equal(whole.length, 12);
    assert.equal(whole[0]?.event, 'response.created');
    assert.deepEqual(whole.at(-1), { event: undefined, data: '[DONE]' });
    for (const size of [1, 7, 100]) {
      assert.deepEqual(readAll(stream.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []), whole, `${size} at a time`);
    }
  });

  test('joins the lines of an event, and buffers incomplete events', () => {
    assert.deepEqual(readAll(['data: a\ndata: b\n\ndata: c']), [{ event: undefined, data: 'a\nb' }]);
  });
});

describe('listTextDeltas', () => {
  const expected: [string, Record<string, string>][] = [
    ['ResponseStreamText', { text: 'Hello there.' }],
    ['ResponseStreamFunctionCall', { arguments: '{"city":"Paris"}' }],
    ['ResponseStreamReasoning', { reasoning: 'The user greets me.', text: 'Hello.' }],
    ['ResponseStreamRefusal', { refusal: "I can't." }],
    ['ChatStreamText', { text: 'Hello there.' }],
    ['ChatStreamFunctionCall', { arguments: '{"city":"Paris"}' }],
    ['ChatStreamReasoning', { reasoning: 'The user greets me.', text: 'Hello.' }],
    ['ChatStreamRefusal', { refusal: "I can't." }],
  ];
  for (const [name, texts] of expected)
    test(`returns the whole text of ${name}`, () => assert.deepEqual(textsOf(name), texts));

  test('returns nothing for [DONE] and errors', () => {
    assert.deepEqual(listTextDeltas('[DONE]'), []);
    assert.deepEqual(listTextDeltas('{"error":{"message":"x"}}'), []);
  });
});

describe('toCurl', () => {
  const url = 'http://127.0.0.1:8642/v1/responses';

  test('sends the same request, quoted for a shell, with a variable as the key', () => {
    const headers = { accept: 'text/event-stream', Authorization: 'Bearer secret', 'Content-Type': 'application/json' };
    const command = toCurl({ method: 'POST', url, headers, body: '{"input":"It\'s $HOME"}' });
    assert.equal(
      command,
      [
        `curl -N '${url}'`,
        '-H "Authorization: Bearer $API_SERVER_KEY"',
        "-H 'Content-Type: application/json'",
        `-d '{"input":"It'\\''s $HOME"}'`,
      ].join(' \\\n  '),
    );
  });

  test('names the method if it is not the default of curl', () => {
    assert.equal(toCurl({ method: 'GET', url, headers: {} }), `curl -N '${url}'`);
    assert.equal(toCurl({ method: 'DELETE', url, headers: {} }), `curl -N '${url}' \\\n  -X DELETE`);
  });
});

describe('resolveSubtree', () => {
  const document: Record<string, unknown> = JSON.parse(loadContract().readJson());

  test('resolves the references of an operation, and adds the parameters of its path', async () => {
    const { spec, errors } = await resolveSubtree(document, ['paths', '/v1/responses/{response_id}', 'get']);
    assert.deepEqual(errors, []);
    const text = JSON.stringify(spec);
    for (const name of ['response_id', 'starting_after']) assert.ok(text.includes(`"name":"${name}"`), name);
    assert.ok(!text.includes('#/components/parameters/') && !text.includes('#/components/examples/'));
  });

  test('keeps references to recursive schemas', async () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const { spec } = await resolveSubtree({ components: { schemas: { Node: node } } }, [
      'components',
      'schemas',
      'Node',
    ]);
    assert.deepEqual(spec, { ...node, properties: { next: node } });
  });

  test('leaves the data of examples unchanged', async () => {
    const holder = { example: { $ref: '#/nowhere' } };
    assert.deepEqual((await resolveSubtree({ holder }, ['holder'])).spec, holder);
  });

  test('returns nothing for an unknown path', async () => {
    assert.equal((await resolveSubtree({}, ['paths', '/none', 'get'])).spec, undefined);
  });
});
