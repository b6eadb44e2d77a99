import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { createChatAgent, never, readAll, toRequest, toText } from '../upstream-harness.ts';

const body =
  'data: {"choices":[{"delta":{"content":"HTTP/1.1 100 Continue"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
const answer = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const proceed = 'HTTP/1.1 100 Continue\r\n\r\n';

/** Answers each request with these pieces, each in its own packet. */
async function ask(pieces: readonly string[], times = 1): Promise<string[]> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', async (bytes) => {
      if (!bytes.toString().endsWith('}')) return;
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  await using agent = createChatAgent({ url: `http://127.0.0.1:${address.port}/v1` });
  const texts: string[] = [];
  for (let time = 0; time < times; time++) {
    texts.push(toText(await readAll(await agent.run(toRequest('hi'), { signal: never }))));
  }
  server.close();
  return texts;
}

const said = 'HTTP/1.1 100 Continue';

suite('an unexpected 100 Continue', { concurrency: true }, () => {
  for (const [name, pieces] of Object.entries({
    'in its own packet': [proceed, answer],
    'with the answer': [proceed + answer],
    'several times': [proceed.repeat(3), proceed, answer],
    'with fields': ['HTTP/1.1 100 Continue\r\nx: y\r\n\r\n', answer],
    'byte by byte': [...proceed, answer],
    'beside other interim answers': [
      `HTTP/1.1 102 Processing\r\n\r\n${proceed}HTTP/1.1 103 Early Hints\r\n\r\n`,
      proceed,
      answer,
    ],
    'before an answer in pieces': [proceed + answer.slice(0, 5), answer.slice(5, 40), answer.slice(40)],
    never: [answer],
  })) {
    test(`is skipped ${name}`, async () => {
      assert.deepEqual(await ask(pieces), [said]);
    });
  }

  test('is skipped on a reused connection', async () => {
    assert.deepEqual(await ask([proceed, answer], 3), [said, said, said]);
  });
});
