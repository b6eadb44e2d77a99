import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentClient, AgentEventBatch, AgentRequest } from '../../../src/agent/agent-client.ts';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';
import { startRuns } from '../../../src/chat/run/start-runs.ts';
import { limits } from '../../../src/config/limits.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { translate } from '../assemble.ts';

const choicesOf = (...texts: string[]) =>
  texts.map((content, index) => ({ index, request: translate({ messages: [{ role: 'user', content }] }) }));
const never = { signal: new AbortController().signal };

/** Wraps the offline agent. Records how many runs are concurrent, and how they end. */
function createWatchedAgent() {
  const agent = createOfflineAgent();
  const seen = { running: 0, most: 0, started: 0, reasons: [] as unknown[] };
  const watched: AgentClient = {
    models: (options) => agent.models(options),
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
    async run(request: AgentRequest, options: { signal: AbortSignal }) {
      seen.started += 1;
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      options.signal.addEventListener('abort', () => seen.reasons.push(options.signal.reason));
      try {
        return follow(await agent.run(request, options));
      } catch (error) {
        seen.running -= 1;
        throw error;
      }
    },
  };
  async function* follow(batches: AsyncIterable<AgentEventBatch>) {
    try {
      yield* batches;
    } finally {
      seen.running -= 1;
    }
  }
  return { agent: watched, seen };
}

async function textsOf(runs: AsyncIterable<{ choice: { index: number }; batch: AgentEventBatch }>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { choice, batch } of runs) {
    for (const event of batch) {
      if (event.type === 'text-delta') texts[choice.index] = (texts[choice.index] ?? '') + event.text;
    }
  }
  return texts;
}

describe('the runs of one completion', () => {
  it('each belong to one choice', async () => {
    const { agent } = createWatchedAgent();
    const runs = await startRuns(agent, choicesOf('/say one two', '/say three', '/say four five'), never);
    assert.deepEqual(await textsOf(runs), ['one two', 'three', 'four five']);
  });

  it('run concurrently up to the limit, and all run', async () => {
    const { agent, seen } = createWatchedAgent();
    const count = limits.chatRunsAtOnce * 2 + 3;
    const texts = Array.from({ length: count }, (_, index) => `answer ${index}`);
    const runs = await startRuns(agent, choicesOf(...texts.map((text) => `/say ${text}`)), never);
    assert.deepEqual(await textsOf(runs), texts);
    assert.deepEqual([seen.started, seen.most, seen.running], [count, limits.chatRunsAtOnce, 0]);
  });

  it('do not start when one is refused, and the others are stopped', async () => {
    const { agent, seen } = createWatchedAgent();
    await assert.rejects(startRuns(agent, choicesOf('/tokens 500 delay 20ms', '/status 429'), never), {
      code: 'rate_limit_exceeded',
    });
    assert.equal(seen.reasons.length, 2);
    assert.ok(seen.reasons.every((reason) => reason instanceof ApiError));
  });

  it('all fail when one breaks off, and none continues', async () => {
    const { agent, seen } = createWatchedAgent();
    const choices = choicesOf('/tokens 500 delay 20ms', '/tokens 50\n/break after 2');
    await assert.rejects(textsOf(await startRuns(agent, choices, never)), { code: 'upstream_error' });
    assert.equal(seen.running, 0);
  });

  it('all fail when one that had to wait is refused', async () => {
    const { agent, seen } = createWatchedAgent();
    const first = Array.from({ length: limits.chatRunsAtOnce }, () => '/say one');
    const runs = await startRuns(agent, choicesOf(...first, '/status 500'), never);
    await assert.rejects(textsOf(runs), { code: 'upstream_error' });
    assert.equal(seen.running, 0);
  });

  it('stop when the caller leaves', async () => {
    const { agent, seen } = createWatchedAgent();
    const caller = new AbortController();
    const runs = await startRuns(agent, choicesOf('/tokens 500 delay 20ms', '/tokens 500 delay 20ms'), {
      signal: caller.signal,
    });
    const reading = textsOf(runs);
    caller.abort(new ApiError('request_cancelled', 'The client closed the request.'));
    await assert.rejects(reading, { code: 'request_cancelled' });
    assert.equal(seen.running, 0);
  });

  it('stop when the reader stops reading', async () => {
    const { agent, seen } = createWatchedAgent();
    const runs = await startRuns(agent, choicesOf('/tokens 500', '/tokens 500'), never);
    for await (const _ of runs) break;
    assert.equal(seen.running, 0);
  });
});
