import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readAll, startAgent, toText } from '../upstream-harness.ts';

const count = 20_000;
const size = 1000;

suite('a reader that is slower than the upstream', () => {
  test('pauses the upstream, then receives everything', async () => {
    await using harness = await startAgent({}, { limits: { upstreamQueuedBatches: 4 } });
    const events = await harness.run(`flood ${count}x${size}`);
    const written = await harness.upstreamStalls();
    assert.ok(written > 0 && written < count / 2, `${written} of ${count} events written without a reader`);
    const all = await readAll(events);
    assert.equal(toText(all).length, count * size);
    assert.deepEqual(all.at(-1), { type: 'run-end', reason: 'stop' });
  });

  test('pauses the upstream each time it falls behind', async () => {
    await using harness = await startAgent({}, { limits: { upstreamQueuedBatches: 1 } });
    const iterator = (await harness.run(`flood ${count}x${size}`))[Symbol.asyncIterator]();
    const first = await harness.upstreamStalls();
    let length = 0;
    // A batch holds at most one read of the socket, so this many let the upstream write a little more.
    for (let batches = 0; batches < 20; batches++) length += toText((await iterator.next()).value ?? []).length;
    const second = await harness.upstreamStalls();
    assert.ok(second > first && second < count, `${first}, then ${second} of ${count}`);
    const rest = await readAll({ [Symbol.asyncIterator]: () => iterator });
    assert.equal(length + toText(rest).length, count * size);
  });

  test('does not block another run', async () => {
    await using harness = await startAgent({}, { limits: { upstreamQueuedBatches: 1 } });
    const slow = await harness.run(`flood ${count}x${size}`);
    await harness.upstreamStalls();
    assert.match(toText(await harness.ask('hi')), /You said: hi/);
    assert.equal(toText(await readAll(slow)).length, count * size);
  });

  test('does not disturb the next run on its connection when it reads the end late', async () => {
    let end: (() => void) | undefined;
    await using harness = await startAgent(
      {
        answer: ({ body }, response) => {
          if (body.messages[0].content !== 'late') return false;
          const choice = { delta: { content: 'all' }, finish_reason: 'stop' };
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);
          end = () => response.end();
          return true;
        },
      },
      { limits: { upstreamQueuedBatches: 1, upstreamConnections: 1 } },
    );
    const late = await harness.run('late');
    // The buffered events paused the connection, on which only the end was still to come.
    await nextTurn();
    end?.();
    const next = await harness.run(`flood ${count}x${size}`);
    await harness.upstreamStalls();
    assert.equal(toText(await readAll(late)), 'all');
    assert.equal(toText(await readAll(next)).length, count * size);
  });
});
