import assert from 'node:assert/strict';
import type { AgentEvent, AgentRequest } from '../../src/agent/agent-client.ts';
import type { ChatChunk, ChatRequest } from '../../src/chat/chat-deps.ts';
import { ChunkAssembler, type ChunkHead } from '../../src/chat/events/chunk-assembler.ts';
import { toAgentRequest } from '../../src/chat/plan/to-agent-request.ts';
import { toToolSet } from '../../src/chat/plan/to-tool-set.ts';
import { limits } from '../../src/config/limits.ts';
import { findOperation, StreamChecker } from '../helpers/contract-check.ts';

export const head: ChunkHead = {
  id: 'chatcmpl-6016479bfe57e6a60c32d70f45317b26',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'test',
};

export const usageChunk: ChatChunk = {
  ...head,
  choices: [],
  usage: {
    prompt_tokens: 5,
    completion_tokens: 7,
    total_tokens: 12,
    prompt_tokens_details: { cached_tokens: 2 },
    completion_tokens_details: { reasoning_tokens: 3 },
  },
};

/** The chunks of one choice, in batches, checked against the contract. */
export function assemble(
  batches: readonly (readonly AgentEvent[])[],
  { index = 0, tools = [] }: { index?: number; tools?: ChatRequest['tools'] } = {},
): ChatChunk[][] {
  const assembler = new ChunkAssembler(head, { index, tools: toToolSet({ messages: [], tools }, limits.schemaBytes) });
  const chunks = [...batches.map((batch) => assembler.take(batch)), assembler.end()];
  const operation = findOperation('POST', '/v1/chat/completions');
  assert.ok(operation);
  const checker = new StreamChecker(operation);
  for (const chunk of chunks.flat()) checker.event(undefined, JSON.stringify(chunk));
  checker.event(undefined, '[DONE]');
  checker.end();
  return chunks;
}

/** The deltas of chunks that have one choice each. */
export const deltasOf = (chunks: readonly ChatChunk[]) => chunks.map((chunk) => chunk.choices[0]?.delta);

/** The agent's request, of a client's in which only what matters to the test is given. */
export function translate(fields: Partial<ChatRequest>): AgentRequest {
  const request = { messages: [{ role: 'user' as const, content: 'Hello' }], ...fields };
  return toAgentRequest(request, toToolSet(request, limits.schemaBytes), { ...limits, tenant: 'default' });
}

export const patchTool = {
  type: 'custom' as const,
  custom: {
    name: 'apply_patch',
    description: 'Changes files.',
    format: { type: 'grammar' as const, grammar: { syntax: 'lark' as const, definition: 'start: "x"+' } },
  },
};

export const weatherTool = {
  type: 'function' as const,
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};
