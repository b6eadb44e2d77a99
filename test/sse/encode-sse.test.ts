import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { encodeSse, encodeSseComment, sseDone } from '../../src/sse/encode-sse.ts';
import { createRandom } from '../helpers/random.ts';

interface Parsed {
  events: EventSourceMessage[];
  comments: string[];
}

function parse(text: string): Parsed {
  const parsed: Parsed = { events: [], comments: [] };
  const parser = createParser({
    onEvent: (event) => parsed.events.push(event),
    onComment: (comment) => parsed.comments.push(comment),
    onError: (error) => assert.fail(error),
  });
  parser.feed(text);
  return parsed;
}

test('an event without a name is one data line and a blank line', () => {
  assert.equal(encodeSse('{"a":1}'), 'data: {"a":1}\n\n');
});

test('a named event has its name first', () => {
  assert.equal(encodeSse('{}', 'response.created'), 'event: response.created\ndata: {}\n\n');
});

test('an empty text is still an event', () => {
  assert.equal(encodeSse(''), 'data: \n\n');
  assert.deepEqual(parse(encodeSse('')).events, [{ id: undefined, event: undefined, data: '' }]);
});

test('the end of a stream is data: [DONE]', () => assert.equal(sseDone, 'data: [DONE]\n\n'));

describe('attacks', () => {
  for (const [name, lineEnd] of [
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ] as const) {
    test(`${name} in the data starts no event of its own`, () => {
      const { events } = parse(encodeSse(`safe${lineEnd}${lineEnd}event: evil${lineEnd}data: stolen`));
      assert.deepEqual(events, [{ id: undefined, event: undefined, data: 'safe\n\nevent: evil\ndata: stolen' }]);
    });

    test(`${name} in the data starts no field: id and retry stay text`, () => {
      const { events } = parse(encodeSse(`safe${lineEnd}id: 7${lineEnd}retry: 1`, 'name'));
      assert.deepEqual(events, [{ id: undefined, event: 'name', data: 'safe\nid: 7\nretry: 1' }]);
    });

    test(`${name} in the name ends neither the line nor the event`, () => {
      const { events } = parse(encodeSse('data', `name${lineEnd}data: evil${lineEnd}${lineEnd}data: more`));
      assert.equal(events.length, 1);
      assert.equal(events[0]?.data, 'data');
    });

    test(`${name} in a comment ends neither the comment nor its line`, () => {
      const { events, comments } = parse(encodeSseComment(`idle${lineEnd}${lineEnd}data: evil`));
      assert.deepEqual(events, []);
      assert.deepEqual(comments, ['idle  data: evil']);
    });
  }

  test('a text that looks like the end of the stream is only data when it stands among other text', () => {
    assert.deepEqual(
      parse(encodeSse('a\n\ndata: [DONE]\n\n')).events.map(({ data }) => data),
      ['a\n\ndata: [DONE]\n\n'],
    );
  });
});

test('a decoder returns random texts unchanged, with LF line ends', () => {
  const pieces = ['a', ' ', ':', '\n', '\r', '\r\n', 'data: ', 'event:', 'é', '😀', '\u2028', '\0', '\t', ''];
  const random = createRandom(20_261_123);
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('');
    const next = encodeSse('sentinel');
    const { events } = parse(`${encodeSse(text, 'name')}${next}`);
    const expected = text.replace(/\r\n|\r/g, '\n');
    assert.deepEqual(
      events.map(({ data }) => data),
      [expected, 'sentinel'],
      JSON.stringify(text),
    );
  }
});
