import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limitBody } from '../../../src/agent/mcp/limit-body.ts';
import { MessageTooLargeError } from '../../../src/agent/mcp/mcp-errors.ts';

suite('the bound of a body', () => {
  test('counts a whole body', async () => {
    assert.equal(await read(['a'.repeat(60), 'b'.repeat(40)], { isStream: false }), 100);
    await assert.rejects(read(['a'.repeat(60), 'b'.repeat(41)], { isStream: false }), MessageTooLargeError);
    await assert.rejects(read(['data: a\n\n'.repeat(20)], { isStream: false }), MessageTooLargeError);
  });

  test('counts each event of a stream, which may have any length', async () => {
    for (const end of ['\n\n', '\r\n\r\n']) {
      const event = `data: ${'a'.repeat(80)}${end}`;
      assert.equal(await read([event, event, event, event], { isStream: true }), 4 * event.length);
      assert.equal(await read([`${event}data: b`, end, event], { isStream: true }), 2 * event.length + 7 + end.length);
    }
    for (const [first = '', ...rest] of [
      ['\n', '\n'],
      ['\r\n', '\r\n'],
      ['\r', '\n\r', '\n'],
      ['\n\r', '\n'],
    ]) {
      const event = [`data: ${'a'.repeat(60)}${first}`, ...rest];
      await read([...event, ...event, ...event], { isStream: true });
    }
    await assert.rejects(read(['data: a\n\n', 'data: b\n'.repeat(20)], { isStream: true }), MessageTooLargeError);
  });
});

async function read(chunks: string[], { isStream }: { isStream: boolean }): Promise<number> {
  const overflows: Error[] = [];
  const body = ReadableStream.from(chunks.map((chunk) => new TextEncoder().encode(chunk)));
  const limited = limitBody(body, { maxBytes: 100, isStream, onOverflow: (error) => void overflows.push(error) });
  let bytes = 0;
  try {
    for await (const chunk of limited) bytes += chunk.length;
  } catch (error) {
    assert.deepEqual(overflows, [error]);
    throw error;
  }
  assert.deepEqual(overflows, []);
  return bytes;
}
