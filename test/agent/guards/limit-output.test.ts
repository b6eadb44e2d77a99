import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentClient, AgentEvent, AgentEventBatch } from '../../../src/agent/agent-client.ts';
import { limitOutput } from '../../../src/agent/guards/limit-output.ts';
import { limits } from '../../../src/config/limits.ts';
import { end, play, request, scriptedAgent, text } from '../scripted-agent.ts';

/** An endless agent. `stopped` is set once its reader has stopped. */
function endlessAgent(batch: AgentEventBatch): AgentClient & { stopped: boolean; batches: number } {
  const agent = {
    stopped: false,
    batches: 0,
    models: async () => [],
    run: async () => repeat(),
    [Symbol.asyncDispose]: async () => {},
  };
  async function* repeat(): AsyncGenerator<AgentEventBatch> {
    try {
      yield [{ type: 'text-start' }];
      for (;;) {
        agent.batches += 1;
        yield batch;
      }
    } finally {
      agent.stopped = true;
    }
  }
  return agent;
}

const toText = (events: readonly AgentEvent[]) =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

const withLimit = (maxOutputTokens: number) => request({ settings: { maxOutputTokens } });
const megabyte = 1024 * 1024;

suite('limitOutput', { concurrency: true }, () => {
  test('cuts a runaway answer soon after its limit', async () => {
    const agent = endlessAgent([{ type: 'text-delta', text: 'once more and again ' }]);
    const events = await play(limitOutput(agent, megabyte), withLimit(100));
    assert.deepEqual(events.slice(-2), [{ type: 'text-end' }, { type: 'run-end', reason: 'length' }]);
    const { length } = toText(events);
    assert.ok(length >= 400 && length < 4000, `${length} characters`);
    assert.ok(agent.stopped);
  });

  test('cuts within a single delta that is too long', async () => {
    const agent = scriptedAgent([[...text('word '.repeat(200_000)), end()]]);
    const events = await play(limitOutput(agent, 2 * megabyte), withLimit(100));
    assert.deepEqual(events.at(-1), end('length'));
    assert.ok(toText(events).length < 4000, `${toText(events).length} characters`);
  });

  test('gives no end to a call that it cuts, and no start to those after it', async () => {
    const args = JSON.stringify({ text: 'word '.repeat(20_000) });
    const call = (callId: string, text: string): AgentEvent[] => [
      { type: 'tool-call-start', callId, name: 'write' },
      { type: 'tool-call-delta', callId, arguments: text },
      { type: 'tool-call-end', callId },
    ];
    const agent = scriptedAgent([[...call('1', '{}'), ...call('2', args), ...call('3', args), end('tool-calls')]]);
    const events = await play(limitOutput(agent, 2 * megabyte), withLimit(100));
    assert.deepEqual(
      events.map((event) => ('callId' in event ? `${event.type} ${event.callId}` : event.type)),
      [
        'tool-call-start 1',
        'tool-call-delta 1',
        'tool-call-end 1',
        'tool-call-start 2',
        'tool-call-delta 2',
        'run-end',
      ],
    );
    assert.deepEqual(events.at(-1), end('length'));
  });

  for (const [name, token] of [
    ['English', ' straightforward'],
    ['code', '                '],
    ['Chinese', '天氣'],
    ['emoji', '🙂'],
    ['Amharic', 'ሰላምታ'],
  ] as const) {
    test(`does not cut ${name} with as many tokens as allowed`, async () => {
      const answer = [{ type: 'text-start' as const }];
      const deltas = Array.from({ length: 300 }, () => [{ type: 'text-delta' as const, text: token }]);
      const events = await play(limitOutput(scriptedAgent([answer, ...deltas, [end()]]), megabyte), withLimit(300));
      assert.equal(toText(events), token.repeat(300));
      assert.deepEqual(events.at(-1), end());
    });
  }

  test('does not cut the longest token of a vocabulary', async () => {
    const agent = scriptedAgent([[...text(' '.repeat(128)), end()]]);
    assert.deepEqual((await play(limitOutput(agent, megabyte), withLimit(1))).at(-1), end());
  });

  test('counts reasoning, refusals and arguments too', async () => {
    for (const batch of [
      [{ type: 'reasoning-delta', text: 'think about it ' }],
      [{ type: 'refusal-delta', text: 'I can not do that ' }],
      [{ type: 'tool-call-delta', callId: 'a', arguments: '{"city":"Paris"} ' }],
    ] satisfies AgentEventBatch[]) {
      const events = await play(limitOutput(endlessAgent(batch), megabyte), withLimit(50));
      assert.deepEqual(events.at(-1), end('length'));
    }
  });

  for (const [name, batch] of [
    ['text', [{ type: 'text-delta', text: 'x'.repeat(1000) }]],
    ['empty deltas', [{ type: 'text-delta', text: '' }]],
    ['empty calls', [{ type: 'tool-call-start', callId: 'a', name: '' }]],
    ['results', [{ type: 'tool-result', callId: 'a', output: 'x'.repeat(1000) }]],
  ] satisfies [string, AgentEventBatch][]) {
    test(`fails an answer of endless ${name}`, async () => {
      const agent = endlessAgent(batch);
      await assert.rejects(play(limitOutput(agent, megabyte), request()), { code: 'answer_too_large', status: 502 });
      assert.ok(agent.stopped);
      assert.ok(agent.batches <= megabyte / limits.answerEventBytes, `${agent.batches} batches`);
    });
  }

  test('shares the bytes among the answers of one request', async () => {
    const agent = limitOutput(scriptedAgent([[...text('x'.repeat(400)), end()]]), 1000);
    await assert.rejects(play(agent, request({ answers: 4 })), { code: 'answer_too_large' });
  });
});
