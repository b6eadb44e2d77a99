import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createSseDecoder } from '../../src/sse/decode-sse.ts';

interface Decoded {
  data: string;
  event: string | undefined;
}

function decode(chunks: Iterable<Buffer>, maxEventBytes = 1000): Decoded[] {
  const events: Decoded[] = [];
  const decoder = createSseDecoder({ maxEventBytes, onEvent: (data, event) => events.push({ data, event }) });
  for (const chunk of chunks) decoder.feed(chunk);
  decoder.end();
  return events;
}

const tooLong = { code: 'upstream_error', message: 'The agent sent an event that is too long.' };

suite('createSseDecoder', () => {
  const lineEnds = { LF: '\n', CRLF: '\r\n', CR: '\r' };
  const text =
    '\uFEFF: a comment\ndata: {"a":"grüße 🦉"}\n\nevent: error\nid: 7\ndata: two\ndata: 行\n\n:\n\ndata:\n\n';
  const expected = [
    { data: '{"a":"grüße 🦉"}', event: undefined },
    { data: 'two\n行', event: 'error' },
    { data: '', event: undefined },
  ];

  for (const [name, lineEnd] of Object.entries(lineEnds)) {
    const bytes = Buffer.from(text.replaceAll('\n', lineEnd));

    test(`decodes the same events wherever a stream with ${name} line ends and multi-byte text is split in two`, () => {
      for (let split = 0; split <= bytes.length; split++) {
        const events = decode([bytes.subarray(0, split), bytes.subarray(split)]);
        assert.deepEqual(events, expected, `split before byte ${split}`);
      }
    });

    test(`decodes the same events from single bytes with ${name} line ends`, () => {
      assert.deepEqual(decode(Array.from(bytes, (byte) => Buffer.of(byte))), expected);
    });
  }

  test('emits a last event without its blank line', () => {
    assert.deepEqual(decode([Buffer.from('data: [DONE]')]), [{ data: '[DONE]', event: undefined }]);
    assert.deepEqual(decode([Buffer.from('data: [DONE]\n')]), [{ data: '[DONE]', event: undefined }]);
  });

  test('emits nothing at the end when nothing is left', () => {
    assert.deepEqual(decode([Buffer.from('data: a\n\n: bye\n')]), [{ data: 'a', event: undefined }]);
  });

  test('replaces bytes that are not UTF-8 instead of failing', () => {
    assert.deepEqual(decode([Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0x0a, 0x0a])]), [
      { data: '\uFFFD', event: undefined },
    ]);
  });

  test('refuses an event over the limit: in one piece, as an endless line, as endless lines', () => {
    const long = 'x'.repeat(60);
    assert.throws(() => decode([Buffer.from(`data: ${'x'.repeat(101)}\n\n`)], 100), tooLong);
    assert.throws(() => decode([Buffer.from(`data: ${long}`), Buffer.from(long)], 100), tooLong);
    assert.throws(() => decode([Buffer.from(`data: ${long}\n`), Buffer.from(`data: ${long}\n`)], 100), tooLong);
  });

  test('accepts any number of events within the limit', () => {
    const stream = Buffer.from(`data: ${'x'.repeat(100)}\n\n`.repeat(50));
    assert.equal(decode([stream], 100).length, 50);
  });

  test('does not keep comments or unknown fields, however long', () => {
    const noise = Buffer.from(`: ${'x'.repeat(5000)}`);
    const events = decode([noise, noise, Buffer.from('\nfoo: '), noise, Buffer.from('\ndata: a\n\n')], 100);
    assert.deepEqual(events, [{ data: 'a', event: undefined }]);
  });

  test('rethrows the errors of onEvent', () => {
    const decoder = createSseDecoder({
      maxEventBytes: 100,
      onEvent: () => {
        throw new Error('not for me');
      },
    });
    assert.throws(() => decoder.feed(Buffer.from('data: a\n\n')), /not for me/);
  });
});
