import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import {
  brotliCompressSync,
  constants,
  createGzip,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { never, readAll, readUntilError, startAgent, toText } from '../upstream-harness.ts';

const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
const stream = `${chunk('ok')}${chunk('ay')}data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;
const completion = JSON.stringify({ choices: [{ message: { content: 'okay' }, finish_reason: 'stop' }] });
const error = JSON.stringify({ error: { message: 'Too hot.' } });

const codings: Record<string, (text: string) => Buffer> = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  GZIP: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  'identity, gzip': gzipSync,
  'gzip, br': (text) => brotliCompressSync(gzipSync(text)),
};

/** Starts an agent whose upstream sends these bytes. */
function sending(
  coding: string,
  bytes: Buffer | ((response: ServerResponse) => void),
  status = 200,
  type = 'text/event-stream',
) {
  return startAgent({
    answer: (_request, response) => {
      response.writeHead(status, { 'content-type': type, 'content-encoding': coding });
      if (typeof bytes === 'function') bytes(response);
      else response.end(bytes);
      return true;
    },
  });
}

suite('an upstream that compresses all the same', () => {
  test('is asked not to', async () => {
    await using harness = await startAgent();
    await harness.ask('hi');
    await harness.agent.models({ signal: never });
    assert.deepEqual(
      harness.upstream.requests.map(({ headers }) => headers['accept-encoding']),
      ['identity', 'identity'],
    );
  });

  for (const [coding, encode] of Object.entries(codings)) {
    test(`is understood: ${coding}`, async () => {
      await using streamed = await sending(coding, encode(stream));
      assert.equal(toText(await streamed.ask('hi')), 'okay');
      await using whole = await sending(coding, encode(completion), 200, 'application/json');
      assert.equal(toText(await whole.ask('hi')), 'okay');
      await using refused = await sending(coding, encode(error), 400, 'application/json');
      await assert.rejects(refused.run('hi'), { status: 400, message: 'Too hot.' });
      await using list = await sending(coding, encode('{"data":[{"id":"a"}]}'), 200, 'application/json');
      assert.equal((await list.agent.models({ signal: never }))[0]?.id, 'a');
    });
  }

  test('is understood: deflate without its header', async () => {
    await using harness = await sending('deflate', deflateRawSync(stream));
    assert.equal(toText(await harness.ask('hi')), 'okay');
  });

  test('is read event by event, split anywhere', async () => {
    await using harness = await sending('gzip', (response) => {
      const gzip = createGzip();
      gzip.on('data', (bytes: Buffer) => {
        for (const byte of bytes) response.write(Buffer.of(byte));
      });
      gzip.on('end', () => response.end());
      gzip.write(chunk('first '));
      gzip.flush(constants.Z_SYNC_FLUSH);
      setTimeout(() => gzip.end(stream), 100);
    });
    const texts: string[] = [];
    for await (const batch of await harness.run('hi')) texts.push(toText(batch));
    assert.equal(texts[0], 'first ');
    assert.equal(texts.join(''), 'first okay');
  });

  test('is refused by the name of an unknown coding', async () => {
    const message =
      "The agent answered with the unknown Content-Encoding 'compress'. Expected one of: gzip, x-gzip, deflate, br, zstd.";
    await using harness = await sending('compress', Buffer.from('x'));
    await assert.rejects(harness.run('hi'), { code: 'upstream_error', status: 502, message });
    await assert.rejects(harness.agent.models({ signal: never }), { code: 'upstream_error', message });
    await using often = await sending('gzip, gzip, gzip', Buffer.from('x'));
    await assert.rejects(often.run('hi'), { message: "The agent's answer has more than 2 content codings." });
  });

  test('is a 502 if its bytes are not what they say', async () => {
    await using harness = await sending('gzip', Buffer.from(stream));
    await assert.rejects(harness.run('hi'), { code: 'upstream_error', status: 502 });
  });

  test('has not completed an answer that breaks off, but one that ends without its last bytes', async () => {
    const begun = gzipSync(chunk('half'));
    await using half = await sending('gzip', begun.subarray(0, -8));
    const { events, error } = await readUntilError(await half.run('hi'));
    assert.equal(toText(events), 'half');
    assert.equal(error.code, 'upstream_error');
    await using whole = await sending('gzip', gzipSync(stream).subarray(0, -8));
    assert.equal(toText(await whole.ask('hi')), 'okay');
  });

  test('cannot fill the memory', async () => {
    // 64 MB of spaces in 64 KB.
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    await using whole = await sending('gzip', Buffer.concat([gzipSync('{"a":1'), bomb]), 200, 'application/json');
    await assert.rejects(whole.run('hi'), { code: 'answer_too_large' });
    await using list = await sending('gzip', bomb, 200, 'application/json');
    await assert.rejects(list.agent.models({ signal: never }), { code: 'upstream_error' });
    await using refused = await sending('gzip', bomb, 400, 'application/json');
    await assert.rejects(refused.run('hi'), { status: 400 });
  });

  test('waits for a reader that is slower', async () => {
    const text = 'x'.repeat(1000);
    const many = gzipSync(chunk(text).repeat(20_000) + stream);
    await using harness = await sending('gzip', many);
    let length = 0;
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    for await (const batch of await harness.run('hi')) {
      if (length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        most = process.memoryUsage().heapUsed - before;
      }
      length += toText(batch).length;
    }
    assert.equal(length, 20_000_004);
    assert.ok(most < 16 * 1024 * 1024, `${most} bytes are held`);
  });

  test('is stopped when its run is', async () => {
    await using harness = await sending('gzip', (response) => {
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.write(chunk('a'));
      gzip.flush(constants.Z_SYNC_FLUSH);
    });
    const controller = new AbortController();
    const closed = harness.upstream.nextClose();
    const events = await harness.run('hi', controller.signal);
    controller.abort();
    await assert.rejects(readAll(events), { code: 'request_cancelled' });
    await closed;
  });
});
