import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentMessage, AgentUsage } from '../../../src/agent/agent-client.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { compactHistory, keepFrom } from '../../../src/responses/run/compact-history.ts';
import { call, end, request, scriptedAgent, text } from '../../agent/scripted-agent.ts';

const user = (value: string): AgentMessage => ({ role: 'user', content: [{ type: 'text', text: value }] });
const says = (value: string): AgentMessage => ({
  role: 'assistant',
  content: [{ type: 'text', text: value }],
  toolCalls: [],
});
const calls = (...callIds: string[]): AgentMessage => ({
  role: 'assistant',
  content: [],
  toolCalls: callIds.map((callId) => ({ callId, name: 'look', arguments: '{}' })),
});
const result = (callId: string): AgentMessage => ({ role: 'tool', callId, content: [{ type: 'text', text: 'seen' }] });

const { signal } = new AbortController();
const usage: AgentUsage = { inputTokens: 5, cachedInputTokens: 2, outputTokens: 7, reasoningTokens: 3 };

describe('the messages that a compaction keeps', () => {
  it('start at a position', () => {
    const messages = [user('one'), says('first'), user('two')];
    assert.deepEqual(keepFrom(messages, 2), [user('two')]);
    assert.deepEqual(keepFrom(messages, 3), []);
    assert.deepEqual(keepFrom(messages, 0), messages);
  });

  it('include the call whose results start there', () => {
    const messages = [user('one'), calls('a', 'b'), result('a'), result('b')];
    for (const start of [2, 3]) assert.deepEqual(keepFrom(messages, start), messages.slice(1));
  });

  it('include a call that awaits its results', () => {
    const messages = [user('one'), calls('a')];
    assert.deepEqual(keepFrom(messages, 2), [calls('a')]);
    assert.deepEqual(keepFrom([...messages, result('a')], 3), []);
  });
});

describe('a compacted history', () => {
  const messages = [user('one'), says('first'), user('two')];
  const asked = request({
    messages,
    model: 'm',
    instructions: 'Be brief.',
    tools: [{ name: 'look' }],
    toolChoice: 'required',
    format: { type: 'json_object' },
    watched: true,
  });

  it('is the agent’s summary of all other messages', async () => {
    const agent = scriptedAgent([text('In '), text('short.'), [{ type: 'usage', usage }, end()]]);
    const compaction = await compactHistory(agent, asked, { kept: [user('two')], signal });
    assert.deepEqual(compaction, {
      summary: 'In short.',
      messages: [user('two')],
      usage,
      usageIsEstimate: false,
    });
    const [sent] = agent.requests;
    assert.deepEqual(sent?.messages.slice(0, -1), [user('one'), says('first')]);
    assert.match(JSON.stringify(sent?.messages.at(-1)), /Summarise the conversation/);
  });

  it('is requested without tools and format, from the same model in the same session', async () => {
    const agent = scriptedAgent([[...text('In short.'), end()]]);
    await compactHistory(agent, asked, { kept: [], signal });
    const { messages: _, ...sent } = agent.requests[0] ?? request();
    assert.deepEqual(sent, {
      model: 'm',
      instructions: 'Be brief.',
      tools: [],
      toolChoice: 'none',
      settings: {},
      sessionId: 'sess_test',
      compacts: true,
      watched: false,
    });
  });

  it('has an estimated usage, marked as such, when the agent sends none', async () => {
    const agent = scriptedAgent([[...text('In short.'), end()]]);
    const compaction = await compactHistory(agent, asked, { kept: [], signal });
    assert.equal(compaction.usageIsEstimate, true);
    assert.ok(compaction.usage.inputTokens > 50 && compaction.usage.outputTokens > 0);
  });

  it('may be truncated by the agent’s limit: a long summary is better than none', async () => {
    const agent = scriptedAgent([[...text('In sh'), end('length')]]);
    assert.equal((await compactHistory(agent, asked, { kept: [], signal })).summary, 'In sh');
  });

  for (const [name, said] of [
    ['nothing', [end()]],
    ['white space', [...text(' \n'), end()]],
    ['only calls', [...call('1', 'look'), end('tool-calls')]],
    ['only a part, for it broke off', text('In sh')],
  ] as const) {
    it(`fails when the agent produces ${name}`, async () => {
      const agent = scriptedAgent([[...said]]);
      await assert.rejects(
        compactHistory(agent, asked, { kept: [], signal }),
        (error) => error instanceof ApiError && error.code === 'upstream_error',
      );
    });
  }
});
