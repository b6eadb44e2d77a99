import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentPart, AgentRequest } from '../../../src/agent/agent-client.ts';
import { estimateInputTokens } from '../../../src/agent/usage/estimate-input-tokens.ts';

const two: AgentPart = { type: 'text', text: 'hello world' };
const base: AgentRequest = {
  messages: [{ role: 'user', content: [two] }],
  tools: [],
  toolChoice: 'auto',
  settings: {},
  sessionId: 'sess_test',
  watched: false,
};
const user = (part: AgentPart): AgentRequest => ({ ...base, messages: [{ role: 'user', content: [part] }] });

describe('estimates', () => {
  test('counts 3 for the answer, 3 for a message, and its text', async () => {
    assert.equal(await estimateInputTokens(base), 3 + 3 + 2);
  });

  test('counts instructions as a message', async () => {
    assert.equal(await estimateInputTokens({ ...base, instructions: 'hello world' }), 8 + 3 + 2);
  });

  test('counts a name and one token for it', async () => {
    const messages = [{ role: 'user' as const, content: [two], name: 'hello' }];
    assert.equal(await estimateInputTokens({ ...base, messages }), 8 + 1 + 1);
  });

  test('counts everything that an assistant message carries', async () => {
    const request: AgentRequest = {
      ...base,
      messages: [
        ...base.messages,
        {
          role: 'assistant',
          content: [two],
          reasoning: 'hello world',
          refusal: 'hello world',
          toolCalls: [{ callId: 'call_1', name: 'hello', arguments: 'hello world' }],
        },
      ],
    };
    assert.equal(await estimateInputTokens(request), 8 + 3 + 2 + 2 + 2 + 1 + 2);
  });

  test('counts a tool’s answer, but not the id of its call', async () => {
    const request: AgentRequest = {
      ...base,
      messages: [...base.messages, { role: 'tool', callId: 'call_with_a_long_id', content: [two] }],
    };
    assert.equal(await estimateInputTokens(request), 8 + 3 + 2);
  });

  test('counts tools by their definition, and more for longer ones', async () => {
    const tool = { name: 'f' };
    const short = await estimateInputTokens({ ...base, tools: [tool] });
    assert.ok(short > 8 + 7);
    const described = { ...tool, description: 'Says hello to the world.', parameters: { type: 'object' } };
    assert.ok((await estimateInputTokens({ ...base, tools: [described] })) > short + 8);
    assert.ok((await estimateInputTokens({ ...base, tools: [tool, tool] })) > short + 7);
  });

  test('counts the schema of a json_schema format', async () => {
    const format = { type: 'json_schema' as const, name: 'n', schema: { type: 'object', properties: { a: {} } } };
    assert.ok((await estimateInputTokens({ ...base, format })) > 8 + 8);
    assert.equal(await estimateInputTokens({ ...base, format: { type: 'json_object' } }), 8);
  });

  test('counts fixed figures for images and files, whatever their size', async () => {
    const url = `data:image/png;base64,${'A'.repeat(100_000)}`;
    assert.equal(await estimateInputTokens(user({ type: 'image', url })), 6 + 765);
    assert.equal(await estimateInputTokens(user({ type: 'image', url, detail: 'high' })), 6 + 765);
    assert.equal(await estimateInputTokens(user({ type: 'image', url, detail: 'low' })), 6 + 85);
    assert.equal(await estimateInputTokens(user({ type: 'file', data: url })), 6 + 765);
    assert.equal(await estimateInputTokens(user({ type: 'file', data: url, filename: 'hello' })), 6 + 765 + 1);
  });

  test('counts a history of very many messages', async () => {
    const messages = Array.from({ length: 200_000 }, () => ({ role: 'user' as const, content: [two] }));
    const tokens = await estimateInputTokens({ ...base, messages });
    assert.ok(Math.abs(tokens - (3 + 5 * 200_000)) < 5_000, String(tokens));
  });
});
