import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentClient, AgentEvent, AgentRequest } from '../../../src/agent/agent-client.ts';
import { spendBudget } from '../../../src/agent/guards/spend-budget.ts';
import { estimateInputTokens } from '../../../src/agent/usage/estimate-input-tokens.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { end, request, scriptedAgent, text } from '../scripted-agent.ts';

/** A budget that records what is spent. */
function createBudget(refusal?: ApiError) {
  const spent: number[] = [];
  let checks = 0;
  return {
    spent,
    get checks() {
      return checks;
    },
    async check() {
      checks += 1;
      if (refusal) throw refusal;
    },
    async spend(tokens: number) {
      spent.push(tokens);
    },
  };
}

const usage: AgentEvent = {
  type: 'usage',
  usage: { inputTokens: 11, cachedInputTokens: 5, outputTokens: 7, reasoningTokens: 3 },
};

async function read(agent: AgentClient, budget: ReturnType<typeof createBudget>, asked: AgentRequest = request()) {
  const events: AgentEvent[] = [];
  const { signal } = new AbortController();
  for await (const batch of await spendBudget(agent).run(asked, { signal, budget })) events.push(...batch);
  return events;
}

/** An answer that fails after some text. */
function breakingAgent(events: readonly AgentEvent[]): AgentClient {
  async function* answer() {
    yield events;
    throw new ApiError('upstream_error', 'Broken.');
  }
  return { ...scriptedAgent([]), run: async () => answer() };
}

suite('spendBudget', () => {
  test('checks before the call, and counts the tokens that the agent reports', async () => {
    const budget = createBudget();
    const answer = [...text('one two'), usage, end()];
    assert.deepEqual(await read(scriptedAgent([answer]), budget), answer);
    assert.equal(budget.checks, 1);
    assert.deepEqual(budget.spent, [18]);
  });

  test('asks nothing of the agent over the budget', async () => {
    const refusal = new ApiError('rate_limit_exceeded', 'Used up.');
    const budget = createBudget(refusal);
    const agent: AgentClient = { ...scriptedAgent([]), run: () => assert.fail('the agent was asked') };
    await assert.rejects(read(agent, budget), refusal);
    assert.deepEqual(budget.spent, []);
  });

  test('estimates the tokens of an agent that reports none', async () => {
    const budget = createBudget();
    const reasoning: AgentEvent[] = [{ type: 'reasoning-start' }, { type: 'reasoning-delta', text: ' three' }];
    const call: AgentEvent[] = [
      { type: 'tool-call-start', callId: 'c', name: ' four' },
      { type: 'tool-call-delta', callId: 'c', arguments: ' five' },
    ];
    await read(scriptedAgent([[...text('one two'), ...reasoning, ...call, end()]]), budget);
    assert.deepEqual(budget.spent, [(await estimateInputTokens(request())) + 5]);
  });

  test('counts an answer that fails, and one whose reader stops, once', async () => {
    const input = await estimateInputTokens(request());
    const failing = createBudget();
    await assert.rejects(read(breakingAgent(text('one two')), failing), { code: 'upstream_error' });
    assert.deepEqual(failing.spent, [input + 2]);
    const stopped = createBudget();
    const { signal } = new AbortController();
    const agent = spendBudget(scriptedAgent([[...text('one two')], [end()]]));
    for await (const _ of await agent.run(request(), { signal, budget: stopped })) break;
    assert.deepEqual(stopped.spent, [input + 2]);
  });

  test('counts the input of a run that is aborted before its answer is read', async () => {
    const budget = createBudget();
    const controller = new AbortController();
    await spendBudget(scriptedAgent([[end()]])).run(request(), { signal: controller.signal, budget });
    controller.abort();
    while (budget.spent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(budget.spent, [await estimateInputTokens(request())]);
  });
});
